package policy

// activateAutofill: browser extensions fill log-ins when a page loads.
var activateAutofill = kind{name: "Activate autofill", free: ownersAndAdmins}
