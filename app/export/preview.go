package export

import (
	"context"
	"errors"
	"image"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/wholefile"
	"ganvas/widgets"
)

// A preview is a dialog that shows a picture as it will be, beside the form that it depends on.
type preview struct {
	s      *studio.Studio
	host   ui.Host
	dialog *dialog.CustomDialog
	side   float32 // of the picture
	sheet  *widgets.ContactSheet
	hint   *ui.Note
	export *widgets.TippedButton
	cancel context.CancelFunc // of the picture that is being drawn; never nil
	turn   int
}

func newPreview(s *studio.Studio, host ui.Host) *preview {
	p := &preview{s: s, host: host, sheet: widgets.NewContactSheet(), hint: ui.NewNote(""), cancel: func() {}}
	p.side = min(420, host.Window().Canvas().Size().Height-260)
	p.sheet.Empty = "Drawing …"
	return p
}

// show shows the dialog; ask is called by the button that says action.
func (p *preview) show(title, action string, form *fyne.Container, focus fyne.Focusable, ask func()) {
	form.Add(p.hint)
	content := container.New(ui.Columns{220, p.side},
		form, container.NewGridWrap(fyne.NewSquareSize(p.side), p.sheet))
	p.export = ui.DialogButton(action, theme.DocumentSaveIcon(), ask)
	p.export.Importance = widget.HighImportance
	p.dialog = ui.NewDialog(title, widgets.WithTips(content), p.host.Window())
	ui.SetButtons(p.dialog, ui.DialogButton("Cancel", theme.CancelIcon(), p.dialog.Hide), p.export)
	p.dialog.SetOnClosed(func() { p.cancel() })
	p.host.Present(p.dialog, p.s.ThisRun())
	p.host.Window().Canvas().Focus(focus)
}

// draw shows the picture that make makes in the background, with the note that make returns; a
// newer wish cancels an older one.
func (p *preview) draw(make func(ctx context.Context) (img image.Image, note string, err error)) {
	p.cancel()
	p.turn++
	turn := p.turn
	side := int(p.side * p.host.Window().Canvas().Scale())
	var shown *image.RGBA
	var note string
	p.cancel = p.s.Jobs.Start(func(ctx context.Context) error {
		img, text, err := make(ctx)
		if err == nil {
			shown, note = ui.Shrunken(img, side).(*image.RGBA), text
		}
		return err
	}, func(err error) {
		switch {
		case turn != p.turn:
			return
		case err != nil:
			p.refuse(err)
			return
		}
		p.export.Enable()
		p.hint.Set(note)
		p.sheet.Set(shown, 1, 1)
	})
}

// refuse says why nothing can be exported.
func (p *preview) refuse(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	p.cancel()
	p.turn++ // what is being drawn is not wanted any more
	p.export.Disable()
	p.hint.Set(words.Sentence(err.Error()))
}

// remember is the choice whether a picture says how it was made.
type remember struct {
	*widgets.Check
	prefs settings.Preferences
}

func newRemember(prefs settings.Preferences) remember {
	c := widgets.NewCheck("Remember how it was made", nil)
	c.Checked = !prefs.Bool(settings.PlainPictures)
	c.SetTip("The file carries the latents, the step and the recipe: drop it on the window to go back there. It has no folder and no name of yours in it")
	return remember{c, prefs}
}

// take keeps the choice for the next time, and returns it.
func (r remember) take() bool {
	r.prefs.SetBool(settings.PlainPictures, !r.Checked)
	return r.Checked
}

// writeFile has write write a file at a path, once no other work changes what is open, and says so.
func writeFile(s *studio.Studio, title, path string, write func(ctx context.Context, report func(done, total int), w io.Writer) error) {
	if waits(s, path, func() { writeFile(s, title, path, write) }) {
		return
	}
	s.Work.RunExport(title, func(ctx context.Context, report func(done, total int)) error {
		return wholefile.Write(path, wholefile.Replace, func(w io.Writer) error {
			return write(ctx, report, &stopping{w, ctx})
		})
	}, func(err error) { written(s, path, err) })
}

// written says that a file or a folder was written, or why not.
func written(s *studio.Studio, path string, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		stopped(s, path)
	case err != nil:
		s.Failed.Emit(err)
	default:
		saved(s, path, -1, nil)
	}
}

// A stopping writer ends with its context.
type stopping struct {
	io.Writer
	ctx context.Context
}

func (s *stopping) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Writer.Write(p)
}
