package demo

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Write prints as whom one can log in. The passwords are printed: that is what
// the list is for.
func (r Result) Write(w io.Writer) error {
	fmt.Fprintf(w, "%d clients, %d members, %d items.\n\n", r.Clients, r.Members, r.Items)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "WHERE\tROLE\tNAME\tE-MAIL\tPASSWORD")
	for _, a := range r.Accounts {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", a.Where, a.Role, a.Name, a.Email, a.Password)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print log-ins: %w", err)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "\n%s\n", note)
	}
	return nil
}
