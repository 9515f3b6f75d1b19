//go:build bench

package bench

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// row is one line of the table.
type row struct {
	what, figure, limit, limitIs, aim string
}

// table is what `make bench` prints, as Markdown.
type table []row

func (t *table) add(r row) { *t = append(*t, r) }

// times adds a figure that is compared with its limit.
func (t *table) times(what string, figure, limit time.Duration, limitIs, aim string) {
	t.add(row{what, millis(figure), millis(limit), fmt.Sprintf("%s (%.1f times)", limitIs, float64(figure)/float64(limit)), aim})
}

func (t table) String() string {
	rows := append(table{{"What", "Figure", "Limit", "The limit is", "Aim"}}, t...)
	width := make([]int, 5)
	for _, r := range rows {
		for i, c := range r.cells() {
			width[i] = max(width[i], len([]rune(c)))
		}
	}
	var b strings.Builder
	for n, r := range rows {
		for i, c := range r.cells() {
			fmt.Fprintf(&b, "| %s%s ", c, strings.Repeat(" ", width[i]-len([]rune(c))))
		}
		b.WriteString("|\n")
		if n == 0 {
			for _, w := range width {
				b.WriteString("|" + strings.Repeat("-", w+2))
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}

func (r row) cells() []string { return []string{r.what, r.figure, r.limit, r.limitIs, r.aim} }

func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	if ms < 10 {
		return fmt.Sprintf("%.2f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}

func bytes(n int64) string {
	switch {
	case n >= 10_000_000:
		return fmt.Sprintf("%.0f MB", float64(n)/1e6)
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f kB", float64(n)/1e3)
}

// median runs f n times, after one run that does not count.
func median(n int, f func()) time.Duration {
	f()
	runs := make([]time.Duration, n)
	for i := range runs {
		start := time.Now()
		f()
		runs[i] = time.Since(start)
	}
	return middle(runs)
}

func middle(runs []time.Duration) time.Duration {
	slices.Sort(runs)
	return runs[len(runs)/2]
}
