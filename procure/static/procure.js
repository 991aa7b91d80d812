// Small comforts. Every page works without them.
import { initAll } from "./vendor/govuk-frontend.min.js";

initAll();

// A page that shows a job asks how far it is, and reloads when it is over.
for (const box of document.querySelectorAll("[data-job]")) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-job-words]");
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return location.reload();
      const job = await answer.json();
      if (!job.is_open) return location.reload();
      if (job.total) {
        bar.max = job.total;
        bar.value = job.done;
      }
      words.textContent = job.words;
    } catch {
      words.textContent = "We lost the connection. Trying again.";
    }
    setTimeout(ask, 800);
  };
  setTimeout(ask, 500);
}

// A file can be dropped anywhere on the upload box.
for (const box of document.querySelectorAll("[data-drop]")) {
  const input = box.querySelector("input[type=file]");
  const over = (is) => (event) => {
    event.preventDefault();
    box.classList.toggle("drop--over", is);
  };
  box.addEventListener("dragover", over(true));
  box.addEventListener("dragleave", over(false));
  box.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// Settling payees: a key presses the button, or follows the link, that says so: 1 to 5 a candidate, n (or 0) none of these.
// A person who speaks to the computer can turn them off; where somebody types they are off anyway.
for (const box of document.querySelectorAll("[data-keys]")) {
  const isOn = box.querySelector("input");
  box.hidden = false;
  isOn.checked = localStorage.getItem("keys") !== "off";
  isOn.addEventListener("change", () => localStorage.setItem("keys", isOn.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!isOn.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary, input")) return;
    const key = event.key === "0" ? "n" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const chosen = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    chosen?.querySelector("button, a")?.click();
  });
}
