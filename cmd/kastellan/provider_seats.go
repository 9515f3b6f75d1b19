package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/kastellan/kastellan/client/fleet"
)

type seatsCmd struct {
	Plan seatsPlanCmd `cmd:"" help:"Tell what assigning seats would come to, and change nothing."`
	Set  seatsSetCmd  `cmd:"" help:"Assign seats to many clients. Those that cannot have them are left as they are, and the exit status is 1."`
}

// seatsArgs are the numbers of seats that somebody wants.
type seatsArgs struct {
	remote
	Seats []string `arg:"" optional:"" name:"client=seats" help:"A client, by name or id, and its number of seats."`
	File  string   `placeholder:"FILE" help:"CSV file with a client and its number of seats in each line; - reads standard input."`
}

type seatsPlanCmd struct{ seatsArgs }

func (p *seatsPlanCmd) Run(ctx context.Context, env environment, c console) error {
	return p.run(ctx, env, c, true)
}

type seatsSetCmd struct{ seatsArgs }

func (s *seatsSetCmd) Run(ctx context.Context, env environment, c console) error {
	return s.run(ctx, env, c, false)
}

func (a *seatsArgs) run(ctx context.Context, env environment, c console, dryRun bool) error {
	wanted, err := a.read()
	if err != nil {
		return err
	}
	f, err := a.fleet(env)
	if err != nil {
		return err
	}
	clients, err := f.Clients(ctx)
	if err != nil {
		return err
	}
	rows := make([]fleet.Seats, len(wanted))
	for i, w := range wanted {
		of, err := pick(clients, w.client)
		if err != nil {
			return err
		}
		rows[i] = fleet.Seats{ID: of.ID, Seats: w.seats}
	}
	plan, err := f.SetSeats(ctx, dryRun, rows...)
	if err != nil {
		return err
	}
	if err := show(c, a.Output, plan, seatsTable); err != nil {
		return err
	}
	if a.Output == "table" {
		printPools(c, plan.Plans)
	}
	return refusedRows(plan)
}

type wantedSeats struct {
	client string
	seats  int
}

func (a *seatsArgs) read() ([]wantedSeats, error) {
	var out []wantedSeats
	for _, arg := range a.Seats {
		name, number, ok := cutLast(arg, "=")
		if !ok {
			return nil, fmt.Errorf("%q: write CLIENT=SEATS", arg)
		}
		w, err := wanted(name, number)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	if a.File != "" {
		fromFile, err := readSeats(a.File)
		if err != nil {
			return nil, err
		}
		out = append(out, fromFile...)
	}
	if len(out) == 0 {
		return nil, errors.New("nothing to assign: name clients with their seats, or give --file")
	}
	return out, nil
}

// cutLast cuts at the last separator: names may have some, numbers have none.
func cutLast(text, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

func wanted(name, number string) (wantedSeats, error) {
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil {
		return wantedSeats{}, fmt.Errorf("%s: %q is not a number of seats", name, number)
	}
	return wantedSeats{strings.TrimSpace(name), n}, nil
}

// readSeats reads a CSV file; a first line without a number is its heading.
func readSeats(path string) ([]wantedSeats, error) {
	in := io.Reader(os.Stdin)
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	lines, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []wantedSeats
	for i, line := range lines {
		if len(line) != 2 {
			return nil, fmt.Errorf("%s, line %d: write a client and its number of seats", path, i+1)
		}
		w, err := wanted(line[0], line[1])
		if err != nil && i == 0 {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, i+1, err)
		}
		out = append(out, w)
	}
	return out, nil
}

func seatsTable(plan fleet.SeatPlan) table {
	t := table{head: []string{"CLIENT", "BEFORE", "AFTER", "USED", "PROBLEM"}}
	for _, r := range plan.Rows {
		problem := ""
		if r.Error != nil {
			problem = *r.Error
		}
		t.add(r.Name, r.Before, r.After, r.Occupied, problem)
	}
	return t
}

func printPools(c console, pools []fleet.SeatPool) {
	for _, p := range pools {
		fmt.Fprintf(c.out, "\n%s: %d seats assigned (before: %d), %d purchased (before: %d), minimum %d\n",
			printable(p.Name), p.AssignedAfter, p.AssignedBefore, p.PurchasedAfter, p.PurchasedBefore, p.SeatMinimum)
	}
}

func refusedRows(plan fleet.SeatPlan) error {
	refused := 0
	for _, r := range plan.Rows {
		if r.Error != nil {
			refused++
		}
	}
	if refused == 0 {
		return nil
	}
	return fmt.Errorf("%s cannot have these seats", count(refused, "client", "clients"))
}
