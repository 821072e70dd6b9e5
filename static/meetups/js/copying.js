// A button that copies a text: <button data-copies="id" hidden>. Without scripts or a clipboard it stays hidden, and the text can be selected.
import { say } from "../../site/js/toast.js";

for (const button of document.querySelectorAll("button[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      say("Copied.", "good");
    } catch {
      source.select?.();
      say("Your browser did not let us. The text is selected: copy it from there.", "bad");
    }
  });
}
