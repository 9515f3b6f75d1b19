package policy

// noFamilies: clients offer no family plan to members. There is none here.
var noFamilies = kind{name: "Remove free family sponsorship"}
