package vault

import (
	"fmt"
	"strconv"
)

// appendAttachments appends the wire object's list of files; nothing when there are none.
// Ids and ciphertexts have no character that JSON would escape. There is no address in
// it: those expire, and are given out one by one.
func appendAttachments(b []byte, list []Attachment) []byte {
	for i, a := range list {
		b = append(b, "[,"[min(i, 1)])
		b = append(b, `{"object":"attachment","id":"`...)
		b = append(b, a.ID...)
		b = append(b, `","url":null,"fileName":"`...)
		b = append(b, a.Name...)
		b = append(b, `","key":`...)
		if a.Key == "" {
			b = append(b, `null`...)
		} else {
			b = append(append(append(b, '"'), a.Key...), '"')
		}
		b = append(b, `,"size":"`...)
		b = strconv.AppendInt(b, a.Size, 10)
		b = append(b, `","sizeName":"`...)
		b = append(b, a.SizeName()...)
		b = append(b, `"}`...)
	}
	if len(list) == 0 {
		return b
	}
	return append(b, ']')
}

// SizeName is the size for people to read.
func (a Attachment) SizeName() string { return readable(a.Size) }

func readable(bytes int64) string {
	if bytes < 1024 {
		return strconv.FormatInt(bytes, 10) + " Bytes"
	}
	v := float64(bytes)
	units := []string{"KB", "MB", "GB", "TB"}
	for i, unit := range units {
		// What would round to 1024.0 is one of the next unit.
		if v /= 1024; v < 1023.95 || i == len(units)-1 {
			return fmt.Sprintf("%.1f %s", v, unit)
		}
	}
	return ""
}
