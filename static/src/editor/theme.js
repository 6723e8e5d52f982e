// How the editor looks; what stands around it is styled by the page's own sheet.
import { EditorView } from "@codemirror/view";

// A colour behind letters. Chromium copies a background colour into a style attribute when somebody types over
// such letters, and our content policy reports that; an image it leaves alone.
const behind = (colour) => ({ backgroundColor: "transparent", backgroundImage: `linear-gradient(${colour}, ${colour})` });

export const theme = EditorView.theme({
  "&": { fontSize: ".9375rem", backgroundColor: "var(--paper)", color: "var(--ink)", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--tblr-font-monospace, monospace)", lineHeight: "1.65" },
  ".cm-content": { padding: ".6rem 0" },
  ".cm-gutters": { backgroundColor: "#faf9f7", color: "var(--quiet)", borderRight: "1px solid var(--line)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.4rem", padding: "0 .4rem 0 .2rem" },
  ".cm-activeLine": { backgroundColor: "rgb(27 79 127 / .06)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--wash)", color: "var(--ink)" },
  "&.cm-focused .cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "#cfe0f0" },
  ".cm-selectionMatch": behind("#fbeec5"),
  ".cm-searchMatch": { ...behind("#fbeec5"), outline: "1px solid #b27a12" },
  ".cm-searchMatch.cm-searchMatch-selected": behind("#f5cf7a"),
  "&.cm-focused .cm-matchingBracket, &.cm-focused .cm-nonmatchingBracket": { ...behind("#dfeadf"), outline: "1px solid var(--good)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad) 1.5px", textUnderlineOffset: "4px", textDecorationSkipInk: "none" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy #b27a12 1.5px", textUnderlineOffset: "4px", textDecorationSkipInk: "none" },
  ".cm-tooltip": { border: "1px solid var(--line-strong)", borderRadius: "6px", backgroundColor: "var(--paper)", color: "var(--ink)", boxShadow: "0 6px 20px rgb(34 37 43 / .18)", zIndex: "30" },
  ".cm-tooltip.about, .cm-tooltip-section.about, .cm-completionInfo .about": { padding: ".6rem .8rem", maxWidth: "min(26rem, 88vw)" },
  // The library keeps line breaks there; ours are those of a template.
  ".cm-tooltip.cm-completionInfo": { whiteSpace: "normal", padding: "0" },
  ".cm-diagnostic": { padding: ".6rem .8rem", maxWidth: "min(32rem, 88vw)", fontFamily: "var(--tblr-font-sans-serif)" },
  ".cm-diagnosticAction": { margin: ".5rem 0 0", padding: ".35rem .8rem", font: "inherit", fontWeight: "600", backgroundColor: "var(--primary)", color: "#fff", borderRadius: "5px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--tblr-font-sans-serif)", fontSize: ".9375rem", maxHeight: "none", overflow: "hidden", maxWidth: "min(34rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".3rem .7rem", lineHeight: "1.45", display: "flex", gap: "1rem", alignItems: "baseline" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--primary)", color: "#fff" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > completion-section": { padding: ".35rem .7rem .15rem", borderBottom: "0", color: "var(--quiet)", fontSize: ".8125rem", opacity: "1" },
  ".cm-completionLabel": { fontFamily: "var(--tblr-font-monospace, monospace)", fontSize: ".875rem", whiteSpace: "nowrap" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "auto", color: "var(--quiet)", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  "li[aria-selected] .cm-completionDetail": { color: "#e3edf6" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-panels": { backgroundColor: "#faf9f7", color: "var(--ink)", borderBottom: "1px solid var(--line)", zIndex: "5" },
  ".cm-panel.cm-search": { padding: ".5rem .6rem", fontFamily: "var(--tblr-font-sans-serif)", fontSize: ".9375rem" },
  ".cm-panel.cm-search label": { fontSize: ".875rem", display: "inline-flex", alignItems: "center", gap: ".3rem", marginRight: ".6rem" },
  ".cm-textfield": { fontSize: ".9375rem", padding: ".3rem .5rem", border: "1px solid var(--line-strong)", borderRadius: "5px", backgroundColor: "#fff" },
  ".cm-button": { fontSize: ".9375rem", padding: ".3rem .7rem", backgroundImage: "none", backgroundColor: "#fff", border: "1px solid var(--line-strong)", borderRadius: "5px", color: "var(--ink)" },
  ".cm-panel.cm-search [name=close]": { fontSize: "1.5rem", lineHeight: "1", padding: ".2rem .6rem", color: "var(--ink)" },
  ".cm-snippetField": { ...behind("#eef3f8"), outline: "1px dotted #8aa6c2" },
});
