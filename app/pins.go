package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/dustin/go-humanize"

	"ganvas/engine/ckpt"
	"ganvas/engine/latent"
	"ganvas/widgets"
)

// stripLength is how many pictures the way between two pins has, the pins included.
const stripLength = 7

// A pinBoard holds two latents, with the class and the generator that they were drawn with, and shows the way between them.
type pinBoard struct {
	page    *explorePage
	slots   [2]*widgets.PinSlot
	z       [2][]float32
	chosen  [2]struct{ class, part int } // −1 where there is none to choose
	strip   *widgets.Strip
	way     [][]float32
	current image.Image // what the large picture shows
	box     *fyne.Container
}

func newPinBoard(p *explorePage) *pinBoard {
	b := &pinBoard{page: p, strip: widgets.NewStrip("The way between two pins")}
	for i, name := range []string{"Pin A", "Pin B"} {
		b.slots[i] = widgets.NewPinSlot(name, func() { b.tapped(i) })
		b.slots[i].OnCleared = func() { b.z[i] = nil; b.interpolate() }
	}
	b.strip.OnTapped = func(i int) {
		if i < len(b.way) {
			p.goTo(b.way[i], fmt.Sprintf("%d %% of the way from A to B", 100*i/(len(b.way)-1)))
		}
	}
	b.box = container.NewBorder(nil, nil,
		widgets.Tip(b.slots[0], "Press to keep the picture above here; press again to go back to it"),
		widgets.Tip(b.slots[1], "Press to keep the picture above here; press again to go back to it"), b.strip)
	return b
}

// show hides the board for points, which have no pictures to pin.
func (b *pinBoard) show(on bool) {
	if setShown(b.box, on) {
		relayout(b.page.below, b.page.middle)
	}
}

func (b *pinBoard) tapped(i int) {
	p := b.page
	if !p.ready || b.current == nil {
		return
	}
	if b.z[i] != nil {
		p.choice.choose(b.chosen[i].class, b.chosen[i].part)
		p.goTo(b.z[i], []string{"pin A", "pin B"}[i])
		return
	}
	b.pin(i)
}

// pin keeps the place in slot i.
func (b *pinBoard) pin(i int) {
	b.z[i] = b.page.place.z
	b.chosen[i].class, b.chosen[i].part = b.page.choice.chosen()
	b.slots[i].Set(b.current)
	b.interpolate()
}

func (b *pinBoard) clear() {
	b.z = [2][]float32{}
	b.current = nil
	for _, s := range b.slots {
		s.Set(nil)
	}
	b.interpolate()
}

// interpolate draws the way between the pins: along the sphere for Gaussian latents, whose length hardly varies, straight
// for uniform ones.
func (b *pinBoard) interpolate() {
	b.way = nil
	if b.z[0] == nil || b.z[1] == nil || len(b.z[0]) != len(b.z[1]) {
		b.strip.Set(nil)
		b.page.renderer.drawStrip([][]float32{})
		return
	}
	for i := range stripLength {
		t := float64(i) / (stripLength - 1)
		z := make([]float32, len(b.z[0]))
		if b.page.place.uniform {
			for k := range z {
				z[k] = b.z[0][k] + float32(t)*(b.z[1][k]-b.z[0][k])
			}
		} else {
			z = latent.Slerp(b.z[0], b.z[1], t)
		}
		b.way = append(b.way, z)
	}
	b.page.renderer.drawStrip(b.way)
}

// savedLatents is the list of latents that are kept in the project.
type savedLatents struct {
	page     *explorePage
	list     *fyne.Container
	empty    *note
	buttons  []*widgets.TippedButton
	save     *widgets.TippedButton
	top, all *fyne.Container
	box      *fyne.Container
	latents  []ckpt.Latent
	cards    []*widgets.DataCard
	selected int
}

func newSavedLatents(p *explorePage) *savedLatents {
	s := &savedLatents{page: p, list: container.NewVBox(), selected: -1}
	s.empty = newNote("Found something you like? Save it: it stays in the project.")
	s.save = widgets.TipButton(theme.ContentAddIcon(), "Save this one", "Keep this latent in the project (Ctrl+D)", s.add)
	rename := widgets.TipButton(theme.DocumentCreateIcon(), "", "Rename the chosen latent", s.rename)
	remove := widgets.TipButton(theme.DeleteIcon(), "", "Delete the chosen latent from the project", s.remove)
	s.buttons = []*widgets.TippedButton{rename, remove}
	head := container.NewBorder(nil, nil, newSection("Saved"), container.NewHBox(rename, remove))
	s.top = container.NewVBox(head, s.save, s.empty)
	s.all = container.NewBorder(s.top, nil, nil, nil, container.NewVScroll(s.list))
	s.box = newPanel(s.all)
	return s
}

func (s *savedLatents) enable(on bool) {
	setEnabled(s.save, on)
	for _, b := range s.buttons {
		setEnabled(b, on && s.selected >= 0)
	}
}

// reload reads the list from the project.
func (s *savedLatents) reload() {
	r := s.page.app.run
	if r == nil {
		return
	}
	var list []ckpt.Latent
	s.page.app.jobs.start(func(context.Context) (err error) {
		list, err = r.session.Latents()
		return err
	}, func(err error) {
		switch {
		case s.page.app.run != r:
		case err != nil:
			r.fail(err)
		default:
			s.set(list)
		}
	})
}

func (s *savedLatents) set(list []ckpt.Latent) {
	s.latents, s.cards, s.selected = list, nil, -1
	s.list.RemoveAll()
	for i, l := range list {
		var thumb image.Image
		if img, err := png.Decode(bytes.NewReader(l.Thumb)); err == nil {
			thumb = img
		}
		card := widgets.NewDataCard(l.Name, "step "+humanize.Comma(l.Step), thumb, func() { s.choose(i) })
		s.cards = append(s.cards, card)
		s.list.Add(container.New(fixedWidth(160), card))
	}
	if setShown(s.empty, len(list) == 0) {
		relayout(s.top, s.all)
	}
	s.enable(s.page.ready)
}

func (s *savedLatents) choose(i int) {
	s.selected = i
	for k, c := range s.cards {
		c.SetSelected(k == i)
	}
	s.enable(s.page.ready)
	l := s.latents[i]
	if len(l.Z) != len(s.page.place.z) {
		s.page.app.fail(fmt.Errorf("go to saved latent %q: it has %d numbers and this generator takes %d: it belongs to an earlier run of this project", l.Name, len(l.Z), len(s.page.place.z)))
		return
	}
	s.page.goTo(l.Z, l.Name)
}

// add keeps the place under a name that says where it came from; it can be renamed.
func (s *savedLatents) add() {
	p := s.page
	r := p.app.run
	if r == nil || !p.ready {
		return
	}
	name := fmt.Sprintf("latent %d", len(s.latents)+1)
	if p.origin != "moved" {
		name = p.origin
	}
	z, thumb := p.place.z, p.pins.current
	s.change(func() error {
		_, err := r.session.PutLatent(name, z, thumb)
		return err
	})
}

func (s *savedLatents) rename() {
	if s.selected < 0 {
		return
	}
	old := s.latents[s.selected]
	r := s.page.app.run
	s.page.app.ask(question{about: s.page.app.thisProject(), title: "Rename latent", label: "Name", text: old.Name, action: "Rename", take: func(name string) error {
		switch {
		case name == "":
			return errors.New("type a name")
		case r != nil:
			s.change(func() error { return r.session.RenameLatent(old.ID, name) })
		}
		return nil
	}})
}

func (s *savedLatents) remove() {
	if s.selected < 0 {
		return
	}
	l, r := s.latents[s.selected], s.page.app.run
	s.page.app.confirm(s.page.app.thisProject(), "Delete the latent?", "Delete", fmt.Sprintf("%q is deleted from the project.", l.Name), func(ok bool) {
		if ok && r != nil {
			s.change(func() error { return r.session.DeleteLatent(l.ID) })
		}
	})
}

// change writes to the project in the background and shows the list anew.
func (s *savedLatents) change(write func() error) {
	s.page.app.run.write(write, s.reload)
}
