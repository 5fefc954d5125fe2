/* Shows what needs passkeys where the browser has them, and hands the buttons to allauth. */
(() => {
  if (!window.PublicKeyCredential) return
  for (const each of document.querySelectorAll('[data-passkey-only]')) each.hidden = false
  for (const button of document.querySelectorAll('[data-passkey]')) {
    const { passkey, credential, passwordless } = button.dataset
    const { id } = button
    const ids = { login: id, add: id, signup: id, authenticate: id, credential, passwordless, data: 'js_data' }
    window.allauth.webauthn.forms[passkey]({ ids })
    button.hidden = false
  }
  document.addEventListener('allauth.error', event => {
    event.preventDefault()
    for (const each of document.querySelectorAll('[data-passkey-error]')) each.hidden = false
  })
})()
