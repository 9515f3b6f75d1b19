// Package policy owns what an organization asks of its people: the rows of
// policies, what each type holds and depends on, whom it binds, what follows
// from turning one on, and what an account has to observe because of all of its
// organizations together.
//
// There is one file per type. A policy without a row was never saved, and is
// off. Only enabled organizations whose plan has policies bind anybody.
//
//	off ──Save (needs what it depends on; may suspend who does not comply)──▶ on
//	on ──Save (refused while another depends on it)──▶ off
//
// Package policy does not own the acts that it forbids: vault, login, enroll and
// account ask it. It does not prove domains (package claim) and suspends members
// only through package org.
package policy
