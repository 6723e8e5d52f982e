// How far a file has come, in a bar and in words. The words that are read aloud change with what happens, not with
// every byte.
const size = (bytes, whole) => {
  const large = whole >= 1024 * 1024;
  const digits = { minimumFractionDigits: large ? 1 : 0, maximumFractionDigits: large ? 1 : 0 };
  return (bytes / (large ? 1024 * 1024 : 1024)).toLocaleString(document.documentElement.lang, digits);
};

export function box(file, words) {
  const drawn = document.getElementById("upload-box").content.firstElementChild.cloneNode(true);
  const find = (name) => drawn.querySelector(`[data-${name}]`);
  const bar = drawn.querySelector("progress");
  drawn.setAttribute("aria-label", file.name);
  bar.setAttribute("aria-label", file.name);
  find("name").textContent = file.name;
  bar.max = file.size;

  const progress = (sent) => {
    bar.value = sent;
    const unit = file.size >= 1024 * 1024 ? "MB" : "KB";
    find("amount").textContent = words.amount
      .replace("{sent}", size(sent, file.size)).replace("{total}", `${size(file.size, file.size)} ${unit}`);
  };
  progress(0);
  return {
    progress,
    settle(place) { if (!place.contains(drawn)) place.append(drawn); },
    say(sentence) {
      drawn.classList.toggle("upload-lost", sentence === words.lost);
      if (find("words").textContent !== sentence) find("words").textContent = sentence;
    },
    finish(sentence) {
      progress(file.size);
      this.say(sentence);
      find("stop").remove();
    },
    stops(act) { find("stop").addEventListener("click", act, { once: true }); },
    remove() { drawn.remove(); },
  };
}
