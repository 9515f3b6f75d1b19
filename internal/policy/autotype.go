package policy

// autotype: desktop clients type log-ins into other programs unless their user
// says otherwise.
var autotype = kind{name: "Autotype default setting", free: ownersAndAdmins}
