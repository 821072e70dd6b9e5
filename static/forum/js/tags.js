// Suggestions for the word after the last comma: a browser's own list only ever completes a whole field.
for (const field of document.querySelectorAll("input[data-tags][list]")) {
  const options = [...(field.list?.options ?? [])];
  const names = options.map((option) => option.value);
  field.addEventListener("input", () => {
    const before = field.value.split(",").slice(0, -1).map((word) => word.trim()).filter(Boolean);
    const left = names.filter((name) => !before.includes(name));
    options.forEach((option, n) => {
      option.value = left[n] === undefined ? "" : [...before, left[n]].join(", ");
    });
  });
}
