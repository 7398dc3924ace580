#!/usr/bin/env bash
# The first rule pack asks for what the matrix that it was made of asks for: every cell, its verdict, each fact
# with its conditions, dates that alert. Compared mechanically; skipped where the matrix is not there.
source "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.."
matrix=${SHARED:-../shared}/domain/permission-matrix.json
[[ -f $matrix ]] || skip "the permission matrix is absent"

cat >"$work/compare.py" <<'END'
import json, sys
matrix, pack = (json.load(open(path)) for path in sys.argv[1:3])
requirements = {one["name"]: one for one in pack["requirements"]}
wrong = []

# --- A fact as both write it: name, holder, and its conditions as sorted texts. ---

def say(key, operator, values):
    return f"{key} {operator} {json.dumps(values, sort_keys=True)}"

def by_instrument(table):
    return {name.lower(): sorted(value if isinstance(value, list) else [value]) for name, value in table.items()}

def of_matrix(leaf):
    """What a leaf of the matrix asks for; several if it stands for several facts."""
    conditions, out = [], []
    # The register lists services by firm, and one LEI may be of several.
    if leaf["fact"] == "esma.upreg.service":
        conditions.append(say("entity_type_code", "is", ["MIF"]))
    for key, value in leaf.items():
        if key in ("fact", "see"):
            continue
        if key == "unscoped_or_restricted_goes_to":
            conditions.append(say("restriction", "absent", []))
            continue
        if key == "requirements_reviewed":
            out.append("fca.requirements_reviewed")
        elif key == "no_end_date":
            conditions.append("no_end_date")
        elif key == "max_age_days":
            conditions.append(f"days_max {value}")
        elif key == "client_residence":
            conditions.append(say("client_residence", "residence", []))
        elif key == "no_restriction_words":
            conditions.append(say("restriction", "lacks", sorted(value)))
        elif key in ("annex_i_c_any_by_instrument", "investment_types_exact_by_instrument", "products_by_instrument"):
            name = {"a": "annex_i_c", "i": "investment_type", "p": "product"}[key[0]]
            conditions.append(say(name, "each", by_instrument(value)))
        else:
            name = {"entity_type_code_in": "entity_type_code", "firm_status_in": "firm_status", "kinds": "kind",
                    "customer_type_exact": "customer_type", "products": "product",
                    "under_licensee_with_limb": "licensee_limb"}.get(key, key)
            conditions.append(say(name, "is", sorted(value if isinstance(value, list) else [value])))
    out.append(leaf["fact"] + ": " + "; ".join(sorted(conditions)) if conditions else leaf["fact"])
    return out

def of_pack(need):
    conditions = []
    for one in need.get("where", []):
        if one["operator"] == "each":
            table = {row["instrument"]: row["values"] for row in one["by_instrument"]}
            conditions.append(say(one["key"], "each", by_instrument(table)))
        else:
            conditions.append(say(one["key"], one["operator"], sorted(one.get("values", []))))
    if need.get("no_end_date"):
        conditions.append("no_end_date")
    if need["fact"] == "fca.requirements_reviewed":
        # The matrix says "reviewed"; the pack says for how long and of what.
        if not need.get("days_max") or not need.get("unchanged_since"):
            wrong.append("a review without an end, or of nothing")
        return need["fact"]
    if "days_max" in need:
        conditions.append(f"days_max {need['days_max']}")
    return need["fact"] + ": " + "; ".join(sorted(conditions)) if conditions else need["fact"]

def leaves(tree):
    if isinstance(tree, list):
        return [leaf for part in tree for leaf in leaves(part)]
    if "fact" in tree:
        return [tree]
    return [leaf for part in tree.values() if isinstance(part, (list, dict)) for leaf in leaves(part)]

def needs(name):
    one = requirements[name]
    if "need" in one:
        return [one["need"]]
    return [need for part in one.get("all_of", []) + one.get("any_of", []) for need in needs(part)]

cells = {one["id"]: one for one in pack["cells"]}
compared = 0
for cell in matrix["cells"]:
    mine = cells.pop(cell["id"], None)
    if mine is None:
        wrong.append(cell["id"] + ": the pack lacks it")
        continue
    if {"BLOCK": "block", "COUNSEL": "counsel"}.get(cell["default_verdict"], "allow_if") != mine["verdict"]:
        wrong.append(f"{cell['id']}: {cell['default_verdict']} is {mine['verdict']}")
    if sorted(cell.get("forbidden", [])) != sorted(mine.get("forbidden", [])):
        wrong.append(f"{cell['id']}: forbidden differs")
    for side in ("manager_requires", "broker_requires"):
        asked = set()
        for leaf in leaves(cell[side]):
            # A permission of the other side, and the leg of the residence, are asked for by names of their own.
            if leaf["fact"] in ("broker.permission", "manager.permission", "client_residence_leg"):
                continue
            asked.update(of_matrix(leaf))
        has = {of_pack(need) for need in needs(mine[side])
               if need.get("holder", side[: side.index("_")]) == side[: side.index("_")]
               or need["fact"] == "content.is_general_recommendation_only"}
        compared += len(asked)
        for lost in sorted(asked - has):
            wrong.append(f"{cell['id']} {side} lacks {lost}")
        for more in sorted(has - asked):
            wrong.append(f"{cell['id']} {side} adds {more}")
for more in cells:
    wrong.append(more + ": the matrix has no such cell")
rules = {one["id"]: one for one in pack["time_rules"]}
for rule in matrix["time_rules"]:
    mine = rules.get(rule["id"], {})
    for key in ("from", "until", "pending"):
        if rule.get(key) != mine.get(key):
            wrong.append(f"{rule['id']}: {key} differs")
    told = rule["effect"].partition("alert from ")[2]
    if (told or None) != mine.get("alert_from"):
        wrong.append(f"{rule['id']}: alert_from differs")
print("\n".join(wrong))
print(compared, "facts of", len(matrix["cells"]), "cells", file=sys.stderr)
sys.exit(bool(wrong) or compared < 100)
END
python3 "$work/compare.py" "$matrix" jurisdictions/rule_packs/2026-11-22.json 2>"$work/counted" || fail "the pack differs from the matrix"
