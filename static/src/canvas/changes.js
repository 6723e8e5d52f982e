// Several changes of attributes as one: undone together.
export class Changes {
  constructor(commandStack) {
    this.commandStack = commandStack;
    commandStack.registerHandler("steps.change", Change);
  }

  // changes: [element, properties] pairs
  make(changes) {
    if (changes.length) this.commandStack.execute("steps.change", { changes });
  }
}
Changes.$inject = ["commandStack"];

class Change {
  constructor(modeling) {
    this.modeling = modeling;
  }

  preExecute({ changes }) {
    for (const [element, properties] of changes) this.modeling.updateProperties(element, properties);
  }

  execute() {
    return [];
  }
}
Change.$inject = ["modeling"];
