// Command precompress leaves a brotli and a gzip variant beside each file of a
// built web app, where that makes it smaller. The server never compresses: it
// picks one of the variants.
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: precompress DIRECTORY")
		os.Exit(2)
	}
	if err := filepath.WalkDir(os.Args[1], visit); err != nil {
		fmt.Fprintln(os.Stderr, "precompress:", err)
		os.Exit(1)
	}
}

func visit(path string, d fs.DirEntry, err error) error {
	if err != nil || d.IsDir() || filepath.Ext(path) == ".br" || filepath.Ext(path) == ".gz" {
		return err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	small := func(w io.WriteCloser, buf *bytes.Buffer, suffix string) error {
		_, err := w.Write(content)
		if err = errors.Join(err, w.Close()); err != nil {
			return err
		}
		// A variant that saves next to nothing is not worth its place in the binary.
		if buf.Len() > len(content)*9/10 {
			return nil
		}
		return os.WriteFile(path+suffix, buf.Bytes(), 0o644)
	}
	var br, gz bytes.Buffer
	zip, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return err
	}
	return errors.Join(
		small(brotli.NewWriterLevel(&br, brotli.BestCompression), &br, ".br"),
		small(zip, &gz, ".gz"),
	)
}
