/** The style of a report for the screen, dark and light, and for paper. The colours are those of the page. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --muted: #57606a; --surface: #fff; --border: #d8dce1; --sunken: #f5f6f8 }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #e6e9ed; --muted: #a3acb6; --surface: #14171b; --border: #343a42; --sunken: #1d2126 }
}
body { font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--text); background: var(--surface);
  max-width: 960px; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em; margin-bottom: 0; overflow-wrap: anywhere } h2 { font-size: 1.15em; margin-top: 2em }
.muted { color: var(--muted) } code, td.code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.92em }
pre { background: var(--sunken); padding: 0.6em; white-space: pre-wrap; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 0.8em; margin: 1em 0 }
dt { color: var(--muted); font-size: 0.9em } dd { margin: 0; font-size: 1.25em }
table { border-collapse: collapse; width: 100% } th { text-align: left; font-weight: 600; color: var(--muted) }
th, td { border-bottom: 1px solid var(--border); padding: 0.25em 0.5em; vertical-align: top; overflow-wrap: anywhere }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
li { margin: 0.3em 0; overflow-wrap: anywhere } .path { margin: 0.2em 0 0.8em; padding-left: 1.5em }
figure { margin: 0 0 1em } figure img { max-width: 100%; height: auto; display: block } figcaption { color: var(--muted) }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.2em; margin: 0.4em 0; padding: 0; list-style: none; color: var(--muted); font-size: 0.9em }
.legend svg { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.4em }
svg { width: 100%; height: auto; display: block } svg text { font: 11px system-ui, sans-serif; fill: var(--text) }
svg g text { fill: #0d1116; pointer-events: none } rect { stroke: var(--surface); stroke-width: 0.7 }
.text { fill: #4cb1ff } .list { fill: #068c92 } .map { fill: #adde5e } .object { fill: #f18411 } .class { fill: #9d6bea }
.data { fill: #ad6f41 } .number { fill: #f5bfdb } .internal { fill: #a4a7aa } .mixed { fill: #c9cdd2 }
@media print {
  :root { color-scheme: light }
  body { margin: 0; max-width: none; font-size: 11px } h2 { break-after: avoid } tr, svg, li { break-inside: avoid }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`;
