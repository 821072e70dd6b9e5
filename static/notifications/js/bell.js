// The bell in the header: its number follows the inbox. Without a line it waits for the next page.
import { live } from "../../live/js/live.js";

const bell = document.querySelector("[data-unread][data-inbox]");
if (bell) {
  live.join(`inbox:${bell.dataset.inbox}`, {
    onFrame({ unread }) {
      if (!Number.isInteger(unread)) return;
      bell.textContent = unread ? Math.min(unread, 99) : "";
    },
  });
}
