// bpmn-js with only what our kinds of step need: no morphing, no pools, no colours.
import BaseModeler from "bpmn-js/lib/BaseModeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import Viewer from "bpmn-js/lib/Viewer";
import AutoPlaceModule from "bpmn-js/lib/features/auto-place";
import CopyPasteModule from "bpmn-js/lib/features/copy-paste";
import EditorActionsModule from "bpmn-js/lib/features/editor-actions";
import GridSnappingModule from "bpmn-js/lib/features/grid-snapping";
import InteractionEventsModule from "bpmn-js/lib/features/interaction-events";
import KeyboardModule from "bpmn-js/lib/features/keyboard";
import LabelEditingModule from "bpmn-js/lib/features/label-editing";
import ModelingModule from "bpmn-js/lib/features/modeling";
import OutlineModule from "bpmn-js/lib/features/outline";
import SnappingModule from "bpmn-js/lib/features/snapping";
import AlignElementsModule from "diagram-js/lib/features/align-elements";
import AutoScrollModule from "diagram-js/lib/features/auto-scroll";
import BendpointsModule from "diagram-js/lib/features/bendpoints";
import ConnectModule from "diagram-js/lib/features/connect";
import ConnectionPreviewModule from "diagram-js/lib/features/connection-preview";
import ContextPadModule from "diagram-js/lib/features/context-pad";
import CreateModule from "diagram-js/lib/features/create";
import DistributeElementsModule from "diagram-js/lib/features/distribute-elements";
import KeepSelectionVisibleModule from "diagram-js/lib/features/keep-selection-visible";
import KeyboardMoveSelectionModule from "diagram-js/lib/features/keyboard-move-selection";
import LassoToolModule from "diagram-js/lib/features/lasso-tool";
import MoveModule from "diagram-js/lib/features/move";
import PaletteModule from "diagram-js/lib/features/palette";
import KeyboardMoveModule from "diagram-js/lib/navigation/keyboard-move";
import MoveCanvasModule from "diagram-js/lib/navigation/movecanvas";
import ZoomScrollModule from "diagram-js/lib/navigation/zoomscroll";
import { Arranging } from "./arranging.js";
import { Changes } from "./changes.js";
import { StepClipboard } from "./clipboard.js";
import { Hand } from "./hand.js";
import { KeyedFactory, Naming } from "./keys.js";
import { measuring, placeLabels } from "./labels.js";
import { Lanes, ShownLanes } from "./lanes.js";
import { StepPad } from "./pad.js";
import { StepPalette } from "./palette.js";
import { StepRenderer } from "./renderer.js";
import { StepRules } from "./rules.js";
import descriptor from "./steps.json";
import { fit } from "./view.js";

const FAMILY = '"Be Vietnam Pro", sans-serif';
// Words are measured before they are drawn.
const FONTS = [`12px ${FAMILY}`, `600 12px ${FAMILY}`];
const TEXTS = { defaultStyle: { fontFamily: FAMILY, fontSize: 12 }, externalStyle: { fontSize: 12 } };

const OURS = {
  __init__: ["hand", "stepPalette", "stepPad", "naming", "changes", "arranging", "lanes"],
  bpmnFactory: ["type", KeyedFactory],
  bpmnRenderer: ["type", StepRenderer],
  bpmnRules: ["type", StepRules],
  stepPalette: ["type", StepPalette],
  stepPad: ["type", StepPad],
  naming: ["type", Naming],
  changes: ["type", Changes],
  hand: ["type", Hand],
  arranging: ["type", Arranging],
  clipboard: ["type", StepClipboard],
  lanes: ["type", Lanes],
};

// Who only reads sees the same shapes.
const PLAIN = { bpmnRenderer: ["type", StepRenderer] };
const SHOWN = { ...PLAIN, __init__: ["lanes"], lanes: ["type", ShownLanes] };

const MODULES = [
  ...Viewer.prototype._modules,
  AlignElementsModule, AutoPlaceModule, AutoScrollModule, BendpointsModule, ConnectModule, ConnectionPreviewModule, ContextPadModule,
  CopyPasteModule, CreateModule, DistributeElementsModule, EditorActionsModule, GridSnappingModule, InteractionEventsModule,
  KeepSelectionVisibleModule, KeyboardModule, KeyboardMoveModule, KeyboardMoveSelectionModule, LabelEditingModule,
  LassoToolModule, ModelingModule, MoveCanvasModule, MoveModule, OutlineModule, PaletteModule, SnappingModule,
  ZoomScrollModule, OURS,
];

// A drawing of which no lanes are told has none: that of a trial.
export function opened(container, { may_write, words, published, lanes }) {
  const common = { container, moddleExtensions: { motcua: descriptor }, words, published, lanes, textRenderer: TEXTS };
  return may_write ? new BaseModeler({ ...common, modules: MODULES }) : new NavigatedViewer({ ...common, additionalModules: [lanes ? SHOWN : PLAIN] });
}

// A drawing from which everything was deleted has no diagram; bpmn-js needs one to draw in.
export async function show(modeler, xml) {
  const moddle = modeler.get("moddle");
  const { rootElement } = await moddle.fromXML(xml);
  if (!rootElement.diagrams?.length) {
    const [process] = rootElement.rootElements;
    const plane = moddle.create("bpmndi:BPMNPlane", { id: `${process.id}.plane`, bpmnElement: process });
    rootElement.get("diagrams").push(moddle.create("bpmndi:BPMNDiagram", { id: `${process.id}.diagram`, plane }));
  }
  await Promise.all(FONTS.map((font) => document.fonts.load(font)));
  const texts = modeler.get("textRenderer");
  placeLabels(rootElement, moddle, measuring(texts, modeler.get("config.words")));
  await modeler.importXML((await moddle.toXML(rootElement)).xml);
  modeler.get("lanes", false)?.settle();
  fit(modeler);
}
