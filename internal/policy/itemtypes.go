package policy

// itemTypes: clients make no items of some types; cards, when the data names none.
// What clients keep in its data is theirs.
var itemTypes = kind{name: "Restricted item types", untouched: true}
