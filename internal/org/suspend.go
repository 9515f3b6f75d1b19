package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Suspend revokes members: from the commit on they have no right at all, and
// what they were is kept for Restore. Whoever is revoked already must not be
// among them.
func Suspend(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member, why RevocationReason) error {
	n, err := tx.Exec(ctx, `UPDATE members SET prior_status = status, status = -1, revocation_reason = $3, revised_at = $4
		WHERE org_id = $1 AND status <> -1 AND `+db.Among(tx, "id", 2), org, db.List(members), int(why), tx.Now)
	return all(len(members), n, err)
}

// Readmit gives revoked members back what they were. Where that was not kept, it
// shows in the row: whoever has a key was confirmed, whoever has an account had
// accepted.
func Readmit(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) error {
	n, err := tx.Exec(ctx, `UPDATE members SET status = `+priorStatus+`, prior_status = NULL, revocation_reason = NULL, revised_at = $3
		WHERE org_id = $1 AND status = -1 AND `+db.Among(tx, "id", 2), org, db.List(members), tx.Now)
	return all(len(members), n, err)
}

const priorStatus = `COALESCE(prior_status, CASE WHEN user_id IS NULL THEN 0 WHEN key IS NULL THEN 1 ELSE 2 END)`

// PriorStatuses tells what Readmit would make of members.
func PriorStatuses(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) (map[id.Member]MemberStatus, error) {
	out := map[id.Member]MemberStatus{}
	type prior struct {
		member id.Member
		status MemberStatus
	}
	rows, err := db.All(ctx, tx, func(r db.Row) (prior, error) {
		var p prior
		err := r.Scan(&p.member, &p.status)
		return p, err
	}, `SELECT id, `+priorStatus+` FROM members WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(members))
	for _, p := range rows {
		out[p.member] = p.status
	}
	return out, err
}

// all refuses an act that found fewer rows than it had read before.
func all(want int, got int64, err error) error {
	if err == nil && int(got) != want {
		err = fault.New(fault.Conflict, "Somebody changed these members at the same time. Load the list again.")
	}
	return err
}

// SetRecoveryKey stores what opens a member's account to those who recover it;
// an empty key withdraws.
func SetRecoveryKey(ctx context.Context, tx *db.Tx, org id.Org, member id.Member, key string) error {
	return tx.ExecOne(ctx, `UPDATE members SET recovery_key = $3, revised_at = $4 WHERE org_id = $1 AND id = $2`, org, member, db.Null(key), tx.Now)
}

var rewrapRecovery = db.By(
	`UPDATE members SET recovery_key = j.value, revised_at = $3 FROM json_each($2) j
	WHERE members.user_id = $1 AND members.org_id = j.key AND members.recovery_key IS NOT NULL`,
	`UPDATE members SET recovery_key = j.value, revised_at = $3 FROM jsonb_each_text($2::jsonb) j
	WHERE members.user_id = $1 AND members.org_id = j.key AND members.recovery_key IS NOT NULL`)

// RewrapRecoveryKeys replaces the recovery keys of one account, by organization,
// after its user key was replaced. keys must not be empty.
func RewrapRecoveryKeys(ctx context.Context, tx *db.Tx, user id.User, keys map[id.Org]string) error {
	n, err := tx.Exec(ctx, rewrapRecovery.In(tx), user, db.Map(keys), tx.Now)
	return all(len(keys), n, err)
}

// ForgetRecoveryKeys ends the enrolment of one account in some organizations.
func ForgetRecoveryKeys(ctx context.Context, tx *db.Tx, user id.User, orgs []id.Org) error {
	if len(orgs) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE members SET recovery_key = NULL, revised_at = $3 WHERE user_id = $1 AND `+db.Among(tx, "org_id", 2),
		user, db.List(orgs), tx.Now)
	return err
}
