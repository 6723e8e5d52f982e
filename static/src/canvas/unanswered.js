// Drawings that were sent and not answered yet. The server takes one of them for what this page knows: an answer
// may be lost, and a page that is left cannot wait for it. The tab keeps the last one for the page opened next.
const MOST = 4;

export class Unanswered {
  constructor(address) {
    Object.assign(this, { place: `unanswered:${address}`, contents: [] });
  }

  // Sent as a change of that revision.
  add(content, revision) {
    this.contents = [...this.contents.filter((each) => each !== content), content].slice(-MOST);
    try {
      sessionStorage.setItem(this.place, JSON.stringify({ content, revision }));
    } catch {
      // A tab without room keeps nothing; saving itself goes on.
    }
  }

  clear() {
    this.contents = [];
    sessionStorage.removeItem(this.place);
  }

  // What the page before sent when it was left, unless the server has it by now; null when there is nothing.
  leftBehind(revision) {
    const left = JSON.parse(sessionStorage.getItem(this.place));
    if (left?.revision !== revision) return null;
    this.contents = [left.content];
    return left.content;
  }
}
