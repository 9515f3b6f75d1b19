// Package attachment puts files at items, and fetches, opens and removes them.
//
//	files := attachment.Of(session)
//	id, err := files.Add(ctx, view, "plan.pdf", body)
//	body, err := files.Open(ctx, view, id)
//
// Files are encrypted and decrypted here, whole and in memory. Renaming one, and
// giving it to another owner, happen with its item, in package client.
package attachment
