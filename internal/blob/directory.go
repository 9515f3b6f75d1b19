package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"syscall"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
)

// Directory keeps files in a folder of this machine, or of a network file system that
// all nodes share.
type Directory struct {
	path string
	// at is told each step that a crash may come after; nil outside tests.
	at func(step string)
}

// NewDirectory makes the store of a folder. The folder is made when it is first needed.
func NewDirectory(path string) *Directory { return &Directory{path: path} }

// incoming is the folder of files that are still being written. A file with a name of
// its own is therefore always a whole one.
const incoming = "incoming"

const msgFull = "The disk for files is full. Nothing was stored; please tell the person who runs this server."

// Check makes the folder and tries to write there.
func (d *Directory) Check(ctx context.Context) error {
	root, err := d.open()
	if err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("The folder for files, %s, cannot be used. Give this user the right to write there, or choose another data_dir.", d.path), err)
	}
	defer root.Close()
	temp := path.Join(incoming, path.Base(newName()))
	f, err := root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.Write([]byte("check"))
		err = errors.Join(err, f.Close(), root.Remove(temp))
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("The folder for files, %s, cannot be written. Free disk space, or give this user the right to write there, and start again.", d.path), err)
	}
	return ctx.Err()
}

// Put writes the body beside the others and moves it to its name when all of it is on
// the disk.
func (d *Directory) Put(_ context.Context, name string, body io.Reader) error {
	root, err := d.open()
	if err != nil {
		return diskFault(err)
	}
	defer root.Close()
	temp := path.Join(incoming, path.Base(name))
	if err := d.write(root, temp, body); err != nil {
		return errors.Join(diskFault(err), gone(root.Remove(temp)))
	}
	if err := d.settle(root, temp, name); err != nil {
		return errors.Join(diskFault(err), gone(root.Remove(temp)), gone(root.Remove(name)))
	}
	return nil
}

func (d *Directory) write(root *os.Root, temp string, body io.Reader) error {
	f, err := root.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	d.step("begun")
	if _, err := io.Copy(f, body); err != nil {
		return err
	}
	d.step("written")
	if err := f.Sync(); err != nil {
		return err
	}
	d.step("synced")
	return f.Close() // some network file systems report a failed write only now
}

// settle gives a whole file its name. The name is on the disk once the folders are.
func (d *Directory) settle(root *os.Root, temp, name string) error {
	folder := path.Dir(name)
	switch err := root.Mkdir(folder, 0o700); {
	case err == nil:
		d.step("folder made")
		if err := syncFolder(root, "."); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	if err := root.Rename(temp, name); err != nil {
		return err
	}
	d.step("renamed")
	if err := syncFolder(root, folder); err != nil {
		return err
	}
	d.step("stored")
	return nil
}

// Open opens a file for reading.
func (d *Directory) Open(_ context.Context, name string) (io.ReadCloser, int64, error) {
	root, err := d.open()
	if err != nil {
		return nil, 0, diskFault(err)
	}
	defer root.Close()
	f, err := root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, fault.Absent()
	}
	if err != nil {
		return nil, 0, diskFault(err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, diskFault(err)
	}
	return f, info.Size(), nil
}

// Delete removes files, and answers nil once none of them can come back with a crash.
func (d *Directory) Delete(ctx context.Context, names ...string) error {
	root, err := d.open()
	if err != nil {
		return diskFault(err)
	}
	defer root.Close()
	var errs []error
	folders := map[string]bool{}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := gone(root.Remove(name)); err != nil {
			errs = append(errs, err)
		}
		folders[path.Dir(name)] = true
		d.step("removed")
	}
	for folder := range folders {
		errs = append(errs, gone(syncFolder(root, folder)))
	}
	return diskFault(errors.Join(errs...))
}

// List goes through the folders one by one.
func (d *Directory) List(ctx context.Context, before time.Time, each func(name string) error) error {
	root, err := d.open()
	if err != nil {
		return diskFault(err)
	}
	defer root.Close()
	if err := oldFiles(ctx, root, incoming, before, func(name string) error { return gone(root.Remove(name)) }); err != nil {
		return diskFault(err)
	}
	folders, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return diskFault(err)
	}
	for _, f := range folders {
		if !f.IsDir() || f.Name() == incoming {
			continue
		}
		err := oldFiles(ctx, root, f.Name(), before, func(name string) error {
			if !ours(name) {
				return nil
			}
			return each(name)
		})
		if err != nil {
			return diskFault(err)
		}
	}
	return nil
}

// oldFiles calls each for the files of a folder that were last written before a time.
func oldFiles(ctx context.Context, root *os.Root, folder string, before time.Time, each func(name string) error) error {
	entries, err := fs.ReadDir(root.FS(), folder)
	if err != nil {
		return gone(err)
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed since the folder was read
		}
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() || !info.ModTime().Before(before) {
			continue
		}
		if err := each(path.Join(folder, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// open gives the folder, which no name leads out of.
func (d *Directory) open() (*os.Root, error) {
	if err := os.MkdirAll(path.Join(d.path, incoming), 0o700); err != nil {
		return nil, err
	}
	return os.OpenRoot(d.path)
}

func (d *Directory) step(name string) {
	if d.at != nil {
		d.at(name)
	}
}

// syncFolder makes what was made, moved or removed in a folder survive a crash.
func syncFolder(root *os.Root, name string) error {
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// gone is nil when a file was not there in the first place.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// diskFault puts what the disk says in words. What came with a sentence keeps it: the
// failure may be that of the body.
func diskFault(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.Wrap(fault.Unavailable, msgFull, err)
	}
	return fault.Wrap(fault.Unavailable, "The folder for files cannot be used at the moment. Nothing was stored; please tell the person who runs this server.", err)
}
