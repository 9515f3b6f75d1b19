// Package attachment owns the rows of attachments: what is known of each file of an item,
// and of the replacements that wait for an item to be shared. It asks for no rights and
// does not know what an item is: package vault does, and owns the items' lists of files,
// which it makes of List. Bodies are with package blob.
//
// A file:
//
//	           all of it is there
//	announced ────────────────────▶ there ──▶ gone, with its body
//	    │                             ▲  │ renamed, and its key wrapped anew, with its item
//	    └──▶ forgotten after a day    └──┘
package attachment
