package policy

// noPIN: clients do not unlock with a PIN.
var noPIN = kind{name: "Remove unlock with PIN"}
