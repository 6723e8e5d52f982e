// Builds static/dist: one script and one style sheet for all pages, a further pair each for the canvas and for the
// editor of rules, the fonts, one sprite of the icons in use, a manifest.
// Names carry a hash of the content, so browsers may keep them for good; text is compressed here, once.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SRC = join(ROOT, "static/src");
const OUT = join(ROOT, "static/dist");
const FRESH = `${OUT}.fresh`;
const MODULES = join(ROOT, "node_modules");
// Where class names and icon names are written: templates, our scripts, and Python that renders fields.
const WRITERS = ["templates", "static/src", "common", "designer", "form_builder", "runtime"];

const manifest = {};

function publish(name, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const hashed = `${basename(name, extname(name))}.${hash}${extname(name)}`;
  writeFileSync(join(FRESH, hashed), bytes);
  if (extname(name) !== ".woff2") {
    writeFileSync(join(FRESH, `${hashed}.gz`), gzipSync(bytes, { level: 9 }));
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    writeFileSync(join(FRESH, `${hashed}.br`), brotliCompressSync(bytes, quality));
  }
  manifest[name] = hashed;
  return hashed;
}

function written() {
  const files = WRITERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(ROOT, folder, name)));
  return files.filter((name) => /\.(html|py|js)$/.test(name)).map((name) => readFileSync(name, "utf8")).join("\n");
}

const iconFile = (name) => join(MODULES, "@tabler/icons/icons/outline", `${name}.svg`);

// An icon asked for by name must exist. Any other quoted word may name one too: badge(words, "good", "check").
function icons(text) {
  const asked = [...text.matchAll(/\bicon(?:_name)?(?:\(|=)\s*["']([a-z0-9-]+)["']/g)].map((found) => found[1]);
  const missing = asked.filter((name) => !existsSync(iconFile(name)));
  if (missing.length) throw new Error(`there is no icon called ${missing.join(", ")}`);
  const quoted = [...text.matchAll(/["']([a-z][a-z0-9-]+)["']/g)].map((found) => found[1]);
  const names = new Set([...asked, ...quoted.filter((name) => existsSync(iconFile(name)))]);
  const symbols = [...names].sort().map((name) => {
    const file = iconFile(name);
    const drawing = readFileSync(file, "utf8").replace(/<!--.*?-->/gs, "").match(/<svg[^>]*>(.*)<\/svg>/s)[1];
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

function fonts() {
  const faces = ["400", "600"].flatMap((weight) => ["vietnamese", "latin"].map((subset) => [subset, weight]));
  return faces.map(([subset, weight]) => {
    const folder = join(MODULES, "@fontsource/be-vietnam-pro");
    const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    const hashed = publish(name, readFileSync(join(folder, "files", name)));
    const face = readFileSync(join(folder, `${subset}-${weight}.css`), "utf8");
    return face.replace(/src:[^;]*;/, `src: url(${hashed}) format("woff2");`);
  }).join("\n");
}

async function style(text) {
  const [tabler] = await new PurgeCSS().purge({
    css: [{ raw: readFileSync(join(MODULES, "@tabler/core/dist/css/tabler.css"), "utf8") }],
    content: [{ raw: text, extension: "html" }],
    defaultExtractor: (content) => content.match(/[A-Za-z0-9_-]+/g) ?? [],
    variables: true,
    keyframes: true,
  });
  const sheets = ["theme.css", ...readdirSync(SRC).filter((name) => name.endsWith(".css") && name !== "theme.css").sort()];
  const ours = sheets.map((name) => readFileSync(join(SRC, name), "utf8")).join("\n");
  const whole = `${tabler.css.replace(/\/\*#.*?\*\//g, "")}\n${ours}`;
  const { code } = await transform(`${fonts()}\n${whole}`, { loader: "css", minify: true, legalComments: "none" });
  return code;
}

async function script(name) {
  const result = await build({
    entryPoints: [join(SRC, name)], bundle: true, minify: true, write: false,
    format: name === "app.js" ? "iife" : "esm", target: "es2022", legalComments: "none",
  });
  return result.outputFiles[0].contents;
}

// The drawing's own sheet stands before ours, which speaks last.
async function canvasStyle() {
  const sheets = ["diagram-js.css", "bpmn-js.css"].map((name) => join(MODULES, "bpmn-js/dist/assets", name));
  const text = [...sheets, join(SRC, "canvas/canvas.css")].map((name) => readFileSync(name, "utf8")).join("\n");
  const { code } = await transform(text, { loader: "css", minify: true, legalComments: "none" });
  return code;
}

async function editorStyle() {
  const text = readFileSync(join(SRC, "editor/editor.css"), "utf8");
  const { code } = await transform(text, { loader: "css", minify: true, legalComments: "none" });
  return code;
}

async function tourStyle() {
  const sheets = [join(MODULES, "driver.js/dist/driver.css"), join(SRC, "guide/tour.css")];
  const text = sheets.map((name) => readFileSync(name, "utf8")).join("\n");
  const { code } = await transform(text, { loader: "css", minify: true, legalComments: "none" });
  return code;
}

rmSync(FRESH, { recursive: true, force: true });
mkdirSync(FRESH, { recursive: true });
const text = written();
publish("icons.svg", icons(text));
publish("mark.svg", readFileSync(join(SRC, "mark.svg")));
publish("app.css", await style(text));
publish("app.js", await script("app.js"));
publish("entry.js", await script("entry.js"));
publish("canvas.css", await canvasStyle());
publish("canvas.js", await script("canvas/canvas.js"));
publish("trial.js", await script("canvas/trial.js"));
publish("editor.css", await editorStyle());
publish("editor.js", await script("editor/editor.js"));
publish("letter.js", await script("editor/letter.js"));
publish("source.js", await script("editor/source.js"));
publish("builder.js", await script("builder/builder.js"));
publish("typing.js", await script("builder/typing.js"));
publish("tour.css", await tourStyle());
publish("tour.js", await script("guide/tour.js"));
publish("uploads.js", await script("uploads/uploads.js"));
writeFileSync(join(FRESH, "manifest.json"), JSON.stringify(manifest, null, 2));
rmSync(OUT, { recursive: true, force: true });
renameSync(FRESH, OUT);
