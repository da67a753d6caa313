package explorepage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/dustin/go-humanize"

	"ganvas/app/ui"
	"ganvas/engine/ckpt"
	"ganvas/widgets"
)

// savedLatents is the list of latents that are kept in the project.
type savedLatents struct {
	page     *Page
	list     *fyne.Container
	empty    *ui.Note
	buttons  []*widgets.TippedButton
	save     *widgets.TippedButton
	picture  *widgets.TippedButton // not shown where there are no pictures
	gallery  *widgets.TippedButton // the same
	loop     *widgets.TippedButton // the same
	top, all *fyne.Container
	box      *fyne.Container
	latents  []ckpt.Latent
	contents []content // that were kept with the latents; nil where none was
	cards    []*widgets.DataCard
	selected int
}

func newSavedLatents(p *Page) *savedLatents {
	s := &savedLatents{page: p, list: container.NewVBox(), selected: -1}
	s.empty = ui.NewNote("Found something you like? Save it: it stays in the project.")
	s.save = widgets.TipButton(theme.ContentAddIcon(), "Save this one", "Keep this latent in the project (Ctrl+D)", s.add)
	rename := widgets.TipButton(theme.DocumentCreateIcon(), "", "Rename the chosen latent", s.rename)
	remove := widgets.TipButton(theme.DeleteIcon(), "", "Delete the chosen latent from the project", s.remove)
	s.buttons = []*widgets.TippedButton{rename, remove}
	s.picture = widgets.TipButton(theme.DocumentSaveIcon(), "Save as PNG…", "Write what is shown as a PNG file, at any size", func() { p.OnSavePicture() })
	s.gallery = widgets.TipButton(theme.GridIcon(), "", "Write a gallery of all that is saved", func() { p.OnSaveFinds() })
	s.loop = widgets.TipButton(theme.MediaVideoIcon(), "", "Write the way through all that is saved, and back to the first, as a film", func() { p.OnSaveLoop() })
	head := container.NewBorder(nil, nil, ui.NewSection("Saved"), container.NewHBox(s.loop, s.gallery, rename, remove))
	s.top = container.NewVBox(head, s.save, s.picture, s.empty)
	s.all = widgets.Border(s.top, nil, nil, nil, container.NewVScroll(s.list))
	s.box = ui.NewPanel(s.all)
	return s
}

func (s *savedLatents) enable(on bool) {
	ui.SetEnabled(s.save, on && !s.page.trail.Now.saved) // what is shown as it was saved is saved
	for _, b := range s.buttons {
		ui.SetEnabled(b, on && s.selected >= 0)
	}
	ui.SetEnabled(s.picture, on)
	ui.SetEnabled(s.gallery, on && len(s.latents) > 0)
	ui.SetEnabled(s.loop, on && len(s.latents) > 1)
}

// ofPictures shows what belongs to pictures alone, where there are some.
func (s *savedLatents) ofPictures(on bool) {
	ui.SetShown(s.gallery, on)
	ui.SetShown(s.loop, on)
	if ui.SetShown(s.picture, on) {
		ui.Relayout(s.top, s.all)
	}
}

// reload reads the list from the project.
func (s *savedLatents) reload() {
	r := s.page.s.Run
	if r == nil {
		return
	}
	var list []ckpt.Latent
	s.page.s.Jobs.Start(func(context.Context) (err error) {
		list, err = r.Session.Latents()
		return err
	}, func(err error) {
		switch {
		case s.page.s.Run != r:
		case err != nil:
			s.page.host.Fail(err)
		default:
			s.set(list)
		}
	})
}

func (s *savedLatents) set(list []ckpt.Latent) {
	s.latents, s.contents, s.cards, s.selected = list, nil, nil, -1
	s.list.RemoveAll()
	for i, l := range list {
		thumb, _ := png.Decode(bytes.NewReader(l.Thumb)) // nil if it is damaged, or there never was one
		kept := s.page.kept(&list[i], thumb)
		if kept != nil {
			thumb = kept.card()
		}
		card := widgets.NewDataCard(l.Name, "step "+humanize.Comma(l.Step), thumb, func() { s.choose(i) })
		s.cards, s.contents = append(s.cards, card), append(s.contents, kept)
		s.list.Add(container.New(ui.FixedWidth(160), card))
	}
	if ui.SetShown(s.empty, len(list) == 0) {
		ui.Relayout(s.top, s.all)
	}
	s.show()
	s.enable(s.page.ready)
}

func (s *savedLatents) choose(i int) {
	p := s.page
	if !p.ready {
		return
	}
	p.jump(p.trail.Now.atFind(s.latents[i], s.contents[i] != nil), s.latents[i].Name, false)
}

// turn changes between the chosen find as it was saved and as it is now.
func (s *savedLatents) turn() {
	p := s.page
	p.trail.Now.saved = !p.trail.Now.saved
	p.moved()
}

// chosen returns which latent the page stands at, −1 for none.
func (s *savedLatents) chosen() int {
	find := s.page.trail.Now.find
	return slices.IndexFunc(s.latents, func(l ckpt.Latent) bool { return l.ID == find })
}

// mark marks the card of the chosen latent.
func (s *savedLatents) mark(chosen int) {
	s.selected = chosen
	for k, c := range s.cards {
		c.SetSelected(k == chosen)
	}
	s.enable(s.page.ready)
}

// show says where the page stands, and shows the chosen find if that is to be seen as it was saved.
func (s *savedLatents) show() {
	p := s.page
	now := &p.trail.Now
	i := s.chosen()
	s.mark(i)
	if i < 0 {
		now.find, now.saved = 0, false
		p.caption.set(dated(p, now.text(nil, false, p.last.step)), "")
		p.front(p.view)
		return
	}
	l, kept := &s.latents[i], s.contents[i]
	label := ""
	switch {
	case kept == nil || len(l.Z) != len(p.place.z): // there is but one of both
	case now.saved:
		label = "As it is now"
	default:
		label = "As it was saved"
	}
	p.caption.set(now.text(l, kept != nil, p.last.step), label)
	if !now.saved || kept == nil {
		p.front(p.view)
		return
	}
	p.front(kept.view())
	kept.show()
}

// add keeps what is shown under a name that says where it came from; it can be renamed.
func (s *savedLatents) add() {
	p := s.page
	r, f := p.s.Run, p.last
	if r == nil || !p.ready || f.content == nil || p.trail.Now.saved {
		return
	}
	l := ckpt.Latent{Name: fmt.Sprintf("latent %d", len(s.latents)+1), Step: f.step, Z: f.z, Class: f.class, Part: f.part}
	if p.trail.Now.origin != "moved" {
		l.Name = p.trail.Now.origin
	}
	f.content.keep(&l)
	card := f.content.card()
	s.change(func() error {
		_, err := r.Session.PutLatent(l, card)
		return err
	})
	p.OnSaved()
}

func (s *savedLatents) rename() {
	if s.selected < 0 {
		return
	}
	old := s.latents[s.selected]
	r := s.page.s.Run
	s.page.host.Ask(ui.Question{About: s.page.s.ThisProject(), Title: "Rename latent", Label: "Name", Text: old.Name, Action: "Rename", Take: func(name string) error {
		switch {
		case name == "":
			return errors.New("type a name")
		case r != nil:
			s.change(func() error { return r.Session.RenameLatent(old.ID, name) })
		}
		return nil
	}})
}

func (s *savedLatents) remove() {
	if s.selected < 0 {
		return
	}
	l, r := s.latents[s.selected], s.page.s.Run
	s.page.host.Confirm(s.page.s.ThisProject(), "Delete the latent?", "Delete", fmt.Sprintf("%q is deleted from the project.", l.Name), func(ok bool) {
		if ok && r != nil {
			s.change(func() error { return r.Session.DeleteLatent(l.ID) })
		}
	})
}

// change writes to the project in the background and shows the list anew.
func (s *savedLatents) change(write func() error) {
	s.page.s.Jobs.Start(func(context.Context) error { return write() }, func(err error) {
		if err != nil {
			s.page.host.Fail(err)
			return
		}
		s.reload()
	})
}
