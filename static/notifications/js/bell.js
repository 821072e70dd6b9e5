// The bell in the header: its number follows the inbox. Hints may be lost, so it is asked for again after every joining.
import { live } from "../../live/js/live.js";

const bell = document.querySelector("[data-unread][data-inbox]");
if (bell) {
  const show = ({ unread }) => {
    if (Number.isInteger(unread)) bell.textContent = unread ? Math.min(unread, 99) : "";
  };
  const inbox = live.join(`inbox:${bell.dataset.inbox}`, {
    onFrame: show,
    onJoined: () => inbox.send("count", {}).then(show).catch(() => {}),
  });
}
