// What every page gets: the error summary takes the focus, so that nobody has to look for what went wrong.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
