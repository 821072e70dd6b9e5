// A whisper that arrives while a topic is read: said in one line, shown when asked for.
import { live } from "../../live/js/live.js";

const line = document.getElementById("whispers");
if (line) {
  live.join(line.dataset.stream, {
    onFrame({ type, whisper, after }) {
      if (type !== "whisper.added" || document.getElementById(`w${whisper}`)) return;
      const link = line.querySelector("a");
      link.href = line.dataset.post.replace(/0$/, after);
      link.hidden = false;
    },
  });
}
