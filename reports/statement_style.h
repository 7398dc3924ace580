#pragma once

#include <string_view>

namespace reports {

// The look of a statement's page, on a screen and on A4 paper.
inline constexpr std::string_view kStatementStyle = R"css(
:root{--ink:#17203a;--muted:#596275;--line:#d8dde6;--soft:#f3f6f9;--accent:#0e5a6b;--warn:#7a3d00}
*{box-sizing:border-box}
html{background:#e9edf2;color:var(--ink);
 font:14px/1.5 "Source Sans 3","Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif}
body{margin:0}
main{max-width:1040px;margin:32px auto;padding:48px 56px 40px;background:#fff;
 border-top:6px solid var(--accent);box-shadow:0 1px 3px rgba(23,32,58,.12)}
header{display:flex;gap:40px;justify-content:space-between;align-items:flex-start;
 padding-bottom:24px;border-bottom:1px solid var(--line)}
.firm{margin:0 0 4px;font-weight:600;letter-spacing:.02em;color:var(--accent);overflow-wrap:anywhere}
header dl{flex:none;max-width:64%}
header code{white-space:nowrap}
h1{margin:0;font-size:27px;line-height:1.2;font-weight:650}
.period{margin:8px 0 0;font-size:16px;color:var(--muted)}
dl{display:grid;grid-template-columns:auto 1fr;gap:2px 16px;margin:0;font-size:12.5px}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
code{font:12px/1.5 "SFMono-Regular",Consolas,"Liberation Mono",Menlo,monospace;overflow-wrap:anywhere}
.simulated{margin:24px 0 0;padding:10px 16px;border:2px solid var(--warn);color:var(--warn);
 font-weight:600}
.figures{display:grid;grid-template-columns:repeat(4,1fr);gap:0;margin:28px 0 4px;padding:0;
 border:1px solid var(--line);background:var(--soft)}
.figures div{padding:14px 18px;border-left:1px solid var(--line)}
.figures div:first-child{border-left:0}
.figures dt{font-size:12px}
.figures dd{margin-top:2px;font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}
section{margin-top:34px}
h2{margin:0 0 10px;padding-bottom:6px;border-bottom:2px solid var(--ink);font-size:17px;
 font-weight:650}
table{width:100%;border-collapse:collapse;margin:0 0 16px;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:6px 0;color:var(--muted);font-size:12.5px}
th,td{padding:6px 8px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);
 font-weight:400;overflow-wrap:break-word}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-size:12px;font-weight:600;border-bottom:1px solid var(--ink)}
.number{text-align:right;white-space:nowrap}
thead .number{white-space:normal}
.code{overflow-wrap:anywhere;min-width:6em}
thead .code{overflow-wrap:normal}
.subtotal th,.subtotal td{background:var(--soft)}
.total th,.total td{font-weight:600;background:var(--soft)}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.wide table{font-size:11.5px}
.wide th,.wide td{padding:5px 5px}
.none,.note{color:var(--muted)}
.note{font-size:12.5px;max-width:78ch}
ul{padding-left:18px;margin:0 0 12px}
li{margin:0 0 6px;max-width:86ch}
.flag{padding:0 6px;border:1px solid var(--warn);color:var(--warn);font-size:11px;white-space:nowrap}
footer{margin-top:40px;padding-top:18px;border-top:2px solid var(--ink)}
footer h2{border:0;padding:0}
@media screen and (max-width:760px){main{padding:24px 18px;margin:0}header{display:block}
 header dl{margin-top:18px;max-width:none}header code{white-space:normal}.figures{grid-template-columns:1fr 1fr}.wide{overflow-x:auto}}
@page{size:A4;margin:14mm 12mm}
@media print{html{background:#fff;font-size:11px}main{max-width:none;margin:0;padding:0;border-top:0;
 box-shadow:none}h1{font-size:21px}h2{font-size:13px}
 .period{font-size:12px}caption,.note,dl,thead th,.figures dt{font-size:9.5px}code{font-size:9px}
 header{gap:20px}.figures{margin-top:18px}.figures div{padding:9px 12px}.figures dd{font-size:15px}.wide table{font-size:8.5px}
 thead{display:table-header-group}tr,.figures,header{break-inside:avoid}h2,caption{break-after:avoid}
 section{margin-top:22px}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
)css";

}  // namespace reports
