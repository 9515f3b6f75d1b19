package fleet

import (
	"net/url"
	"strconv"
)

// number puts a number into the query when there is one.
func number[T ~int](q url.Values, name string, v *T) {
	if v != nil {
		q.Set(name, strconv.Itoa(int(*v)))
	}
}
