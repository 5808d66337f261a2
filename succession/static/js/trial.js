// While somebody changes a criterion, the sample farms beside the form are scored anew. Without this a button does it.
const PAUSE_MS = 600;

export function watch(form) {
  let timer = 0;
  let running = null;

  async function renew() {
    const box = document.getElementById("trial");
    if (!box) return;
    running?.abort();
    running = new AbortController();
    const typed = new FormData(form);
    typed.set("then", "try");
    box.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, {
        method: "POST", body: new URLSearchParams(typed), signal: running.signal, headers: { "X-Trial": "1" },
      });
      if (!answer.ok) return; // something is half typed: the farms stay as they were
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const renewed = page.getElementById("trial");
      if (renewed) box.replaceWith(renewed);
    } catch (error) {
      if (error.name !== "AbortError") return;
    } finally {
      document.getElementById("trial")?.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(renew, PAUSE_MS);
  });
}
