package mail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// Sender hands a message on to the world.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Outbox keeps letters until they are sent. Several nodes may work on one outbox.
type Outbox struct {
	db     *db.DB
	keeper *token.Keeper
	sender Sender
	log    *slog.Logger
	wake   chan struct{}
}

// NewOutbox makes the outbox; sending begins with Run.
func NewOutbox(d *db.DB, k *token.Keeper, s Sender, log *slog.Logger) *Outbox {
	return &Outbox{db: d, keeper: k, sender: s, log: log, wake: make(chan struct{}, 1)}
}

const (
	// lease is how long a letter belongs to the node that is sending it; after a
	// crash, another try begins when it is over.
	lease = 5 * time.Minute
	batch = 10
	// poll finds letters of other nodes and those whose wait is over.
	poll = 20 * time.Second
)

// waits are the pauses after each failure; a letter that failed once more is
// given up, about two days after it was written.
var waits = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// Queue puts messages into the outbox, as part of the act they tell about: up to
// 500 in a statement.
func (o *Outbox) Queue(ctx context.Context, tx *db.Tx, messages ...Message) error {
	rows := make([][]any, len(messages))
	for i, m := range messages {
		plain, err := json.Marshal(m)
		if err != nil {
			return fmt.Errorf("queue a letter: %w", err)
		}
		rowID := string(id.New[letterID]())
		rows[i] = []any{rowID, o.keeper.Seal(sealPurpose, rowID, plain), 0, tx.Now, tx.Now}
	}
	if err := insertLetters(ctx, tx, rows); err != nil {
		return fmt.Errorf("queue a letter: %w", err)
	}
	tx.OnCommit(o.nudge)
	return nil
}

func (o *Outbox) nudge() {
	select {
	case o.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Run sends what is due until ctx ends.
func (o *Outbox) Run(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-o.wake:
		case <-timer.C:
		}
		for ctx.Err() == nil {
			n, err := o.sendDue(ctx)
			if err != nil && ctx.Err() == nil {
				o.log.ErrorContext(ctx, "the outbox cannot be read", "error", err)
			}
			if err != nil || n < batch {
				break
			}
		}
		timer.Reset(poll)
	}
}

// sendDue takes a batch of letters that are due and tries each once.
func (o *Outbox) sendDue(ctx context.Context) (int, error) {
	var due []letter
	err := o.db.Update(ctx, func(tx *db.Tx) (err error) {
		due, err = takeDue(ctx, tx, batch)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, l := range due {
		if ctx.Err() != nil {
			break
		}
		if err := o.settle(ctx, l, o.try(ctx, l)); err != nil {
			return len(due), err
		}
	}
	return len(due), nil
}

func (o *Outbox) try(ctx context.Context, l letter) error {
	plain, err := o.keeper.Open(sealPurpose, l.id, l.sealed)
	if err != nil {
		return errRefused{"the letter cannot be opened: the secret key is not the one that it was sealed with"}
	}
	var m Message
	if err := json.Unmarshal(plain, &m); err != nil {
		return errRefused{"the letter cannot be read"}
	}
	return o.sender.Send(ctx, m)
}

// settle writes down how a try ended, also when the server stops meanwhile: a
// letter that was sent must not be sent again.
func (o *Outbox) settle(ctx context.Context, l letter, outcome error) error {
	ctx = context.WithoutCancel(ctx)
	refused, final := errors.AsType[errRefused](outcome)
	return o.db.Update(ctx, func(tx *db.Tx) error {
		switch {
		case outcome == nil:
			return deleteLetter(ctx, tx, l.id)
		case final:
			o.log.ErrorContext(ctx, "a mail was refused and is given up", "letter", l.id, "reason", refused.reason)
			return deleteLetter(ctx, tx, l.id)
		case l.attempts > len(waits):
			o.log.ErrorContext(ctx, "a mail could not be sent and is given up", "letter", l.id, "attempts", l.attempts, "error", outcome)
			return deleteLetter(ctx, tx, l.id)
		}
		wait := waits[l.attempts-1]
		o.log.WarnContext(ctx, "a mail could not be sent and is tried again", "letter", l.id, "attempts", l.attempts, "next", wait, "error", outcome)
		return postponeLetter(ctx, tx, l.id, tx.Now.Add(wait), outcome.Error())
	})
}
