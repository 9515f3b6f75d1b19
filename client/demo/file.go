package demo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"

	"github.com/kastellan/kastellan/client/attachment"
	"github.com/kastellan/kastellan/client/item"
)

// file is an invented file, small and of a kind that programs can show.
type file struct {
	name string
	body func(text string) ([]byte, error)
}

var (
	alarmPlan   = file{"Alarm plan.pdf", page}
	accountForm = file{"Account opening.pdf", page}
	photo       = file{"Photo of the device.png", picture}
	handover    = file{"Handover.txt", plain}
)

// enclosed is what is attached to the ith item of a customer: most have nothing.
func enclosed(i int) []file {
	switch i % 42 {
	case 1:
		return []file{alarmPlan, handover}
	case 4:
		return []file{photo}
	case 9:
		return []file{accountForm}
	default:
		return nil
	}
}

// attach puts those files at an item that it has not got yet.
func (f *filler) attach(ctx context.Context, to attachment.Files, view item.View, files []file) error {
	for _, file := range files {
		has := slices.ContainsFunc(view.Attachments, func(a item.Attachment[string]) bool { return a.FileName == file.name })
		if !has {
			body, err := file.body("Invented for the demo: " + view.Name)
			if err != nil {
				return err
			}
			err = patient(ctx, func() error {
				_, err := to.Add(ctx, view, file.name, body)
				return err
			})
			if err != nil {
				return fmt.Errorf("%s: %w", file.name, err)
			}
		}
		f.enclosed()
	}
	return nil
}

// enclosed counts a file that is there.
func (f *filler) enclosed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.result.Files++
}

// keepOwn gives the administrator personal items with files.
func (f *filler) keepOwn(ctx context.Context) error {
	vault, err := f.session.Sync(ctx)
	if err != nil {
		return err
	}
	for name, files := range map[string][]file{"Own notes": {handover}, "Key cabinet": {photo, alarmPlan}} {
		at := slices.IndexFunc(vault.Items, func(v item.View) bool { return v.Name == name && v.OrganizationID == "" })
		var own item.View
		if at >= 0 {
			own = vault.Items[at]
		} else if own, err = f.createOwn(ctx, name); err != nil {
			return fmt.Errorf("item %q: %w", name, err)
		}
		if err := f.attach(ctx, attachment.Of(f.session), own, files); err != nil {
			return fmt.Errorf("item %q: %w", name, err)
		}
	}
	return nil
}

func (f *filler) createOwn(ctx context.Context, name string) (item.View, error) {
	v := view(item.SecureNoteType, name)
	v.Notes = "Invented for the demo."
	return f.session.CreateItem(ctx, v)
}

func plain(text string) ([]byte, error) { return []byte(text + "\n"), nil }

// picture is a chequered square; the text has no place in it.
func picture(string) ([]byte, error) {
	const side, field = 96, 16
	square := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.RGBA{R: 0x2f, G: 0x5d, B: 0x50, A: 0xff}})
	for y := range side {
		for x := range side {
			square.SetColorIndex(x, y, uint8((x/field+y/field)%2))
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, square)
	return out.Bytes(), err
}

// page is a PDF of one page with one line, which must hold no parenthesis.
func page(text string) ([]byte, error) {
	line := "BT /F1 18 Tf 60 760 Td (" + text + ") Tj ET"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(line), line),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	places := "0000000000 65535 f \n"
	for i, object := range objects {
		places += fmt.Sprintf("%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, places, len(objects)+1, start)
	return out.Bytes(), nil
}
