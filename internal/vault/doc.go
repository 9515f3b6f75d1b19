// Package vault owns items ("ciphers"), what each account notes about them
// (folder, favourite, archive), which collections hold them, and folders. It
// decides who does what with the files of items, whose rows vault/attachment
// keeps and whose bodies blob. It does not own collections themselves or
// memberships, and it never sees a plaintext: what clients encrypted is checked
// and kept by vault/content.
//
// An item:
//
//	            create / import               share
//	(nothing) ──────────────────▶ personal ─────────▶ of an organization
//	                                 │  ▲                │  ▲
//	                          delete │  │ restore        │  │
//	                                 ▼  │                ▼  │
//	                                in the trash ──▶ gone, by hand or after TrashDays
//
// A stored item is the members of its wire object that clients encrypted, as
// text; the wire object itself is put together in one place, Cipher.AppendJSON,
// for sync and for every answer about an item.
package vault
