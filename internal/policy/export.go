package policy

// noPersonalExport: clients export no vault of a member's own. They decrypt what
// they export themselves, so there is nothing that the server could refuse.
var noPersonalExport = kind{name: "Remove individual vault export", free: ownersAndAdmins}
