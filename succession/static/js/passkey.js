// Asks the device for a passkey: the question comes from the server, the answer goes back in the page's own form.
const form = document.querySelector("[data-passkey]");
const problem = form?.querySelector("[data-passkey-problem]");

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (keys) => keys?.map((key) => ({ ...key, id: toBytes(key.id) }));

const ask = {
  create: async (options) => {
    const user = { ...options.user, id: toBytes(options.user.id) };
    const excludeCredentials = withBytes(options.excludeCredentials);
    const publicKey = { ...options, challenge: toBytes(options.challenge), user, excludeCredentials };
    const made = await navigator.credentials.create({ publicKey });
    return answer(made, {
      clientDataJSON: toText(made.response.clientDataJSON),
      attestationObject: toText(made.response.attestationObject),
    });
  },
  get: async (options) => {
    const allowCredentials = withBytes(options.allowCredentials);
    const publicKey = { ...options, challenge: toBytes(options.challenge), allowCredentials };
    const used = await navigator.credentials.get({ publicKey });
    return answer(used, {
      clientDataJSON: toText(used.response.clientDataJSON),
      authenticatorData: toText(used.response.authenticatorData),
      signature: toText(used.response.signature),
      userHandle: used.response.userHandle ? toText(used.response.userHandle) : null,
    });
  },
};

const answer = (credential, response) =>
  JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });

const run = async () => {
  const token = form.querySelector("[name=csrf_token]").value;
  const question = await fetch(form.dataset.question, {
    method: "POST",
    headers: { "X-CSRFToken": token, Accept: "application/json" },
  });
  if (!question.ok) throw new Error(String(question.status));
  form.querySelector(`[name=${form.dataset.answer}]`).value = await ask[form.dataset.passkey](await question.json());
  form.submit();
};

if (form && window.PublicKeyCredential) {
  form.querySelector("[data-passkey-button]").hidden = false;
  form.querySelector("[data-passkey-missing]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    problem.hidden = true;
    run().catch(() => {
      problem.textContent = form.dataset.problem;
      problem.hidden = false;
    });
  });
}
