// Package claim owns the e-mail domains that organizations prove to be their
// own: the table claimed_domains.
//
//	none --Add--> waiting --Verify, or the hourly round: the TXT record is there--> proved
//	waiting --not proved within seven days--> none      any --Remove--> none
//
//	proved --the record is missing for seven days in a row--> waiting
//
// Several organizations may wait for the same domain; the first to prove it has
// it, and the others cannot any more. Members whose address is of a proved
// domain are claimed (see org.Claimed): their accounts belong to the
// organization, so that they neither leave nor delete them, nor take them to
// other addresses.
//
// DNS is asked outside of transactions, and only the answer is recorded in one.
package claim
