// Package mail owns the letters that the server writes, in English and German, as
// text and HTML, the outbox in which they wait, and the way to the SMTP server.
//
// A letter is queued in the transaction of the act that it tells about, so that
// neither happens without the other, and it is sent after the commit:
//
//	queued ──sent──▶ gone
//	   │ ▲
//	   ▼ │ waits longer each time
//	 failed ──refused for good, or given up──▶ gone, with a line in the log
//
// Letters carry links with tokens, so the outbox holds them sealed. The package
// does not decide who gets a letter, or when.
package mail
