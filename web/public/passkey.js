// Asks the browser for a passkey and sends what it made with the form, as text. The pages that need it load this and nothing
// else; without it they lead to the other ways of signing in.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) continue;
  const { passkey, options } = form.dataset;
  for (const part of form.querySelectorAll('[hidden]:not([role])')) part.hidden = false;
  for (const part of form.querySelectorAll('[data-unscripted]')) part.hidden = true;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const trouble = form.querySelector('[role=alert]');
    trouble.hidden = true;
    const publicKey = JSON.parse(options);
    publicKey.challenge = bytes(publicKey.challenge);
    if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
    for (const key of publicKey.excludeCredentials ?? []) key.id = bytes(key.id);
    try {
      const { id, response } = await navigator.credentials[passkey]({ publicKey });
      const made = {
        id,
        clientData: text(response.clientDataJSON),
        attestation: response.attestationObject && text(response.attestationObject),
        authenticatorData: response.authenticatorData && text(response.authenticatorData),
        signature: response.signature && text(response.signature),
      };
      for (const [name, value] of Object.entries(made)) {
        const field = form.elements.namedItem(name);
        if (field && value) field.value = value;
      }
      form.submit();
    } catch {
      // Said no to, or taken too long over: the page stays, and they may try again.
      trouble.hidden = false;
    }
  });
}
