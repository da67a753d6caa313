//go:build unix && !darwin

package clipboard

import (
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"maps"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// An owner has X11's clipboard: there the one who copies keeps what is copied, and gives it to each
// program that asks (ICCCM 2.0, section 2). It ends when another program copies something.
type owner struct {
	x       *xgb.Conn
	window  xproto.Window
	atoms   map[string]xproto.Atom
	content []byte // a PNG
	chunk   int    // bytes that are handed over at once
	rest    map[transfer][]byte
}

// A transfer is a content that is handed over in chunks.
type transfer struct {
	to       xproto.Window
	property xproto.Atom
}

// quiet keeps xgb from writing to standard error, such as that there is no authority file.
var quiet = sync.OnceFunc(func() { xgb.Logger = log.New(io.Discard, "", 0) })

// own takes the clipboard, and serves what is copied on a goroutine of its own.
func own(content []byte) error {
	quiet()
	x, err := xgb.NewConn()
	if err != nil {
		return fmt.Errorf("the display does not answer: %w", err)
	}
	o := &owner{x: x, atoms: map[string]xproto.Atom{}, content: content, rest: map[transfer][]byte{}}
	if err := o.take(); err != nil {
		x.Close()
		return fmt.Errorf("the display does not give the clipboard: %w", err)
	}
	go o.serve()
	return nil
}

// take makes a window, which nobody sees, the owner of the clipboard.
func (o *owner) take() (err error) {
	setup := xproto.Setup(o.x)
	screen := setup.DefaultScreen(o.x)
	o.chunk = 4*int(setup.MaximumRequestLength) - 256 // less what is around them in a request
	if o.window, err = xproto.NewWindowId(o.x); err != nil {
		return err
	}
	err = xproto.CreateWindowChecked(o.x, 0, o.window, screen.Root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, screen.RootVisual, 0, nil).Check()
	if err != nil {
		return err
	}
	for _, name := range []string{"CLIPBOARD", "TARGETS", "INCR", "image/png"} {
		reply, err := xproto.InternAtom(o.x, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		o.atoms[name] = reply.Atom
	}
	return xproto.SetSelectionOwnerChecked(o.x, o.window, o.atoms["CLIPBOARD"], xproto.TimeCurrentTime).Check()
}

// serve answers until the clipboard is another's, or the display is gone.
func (o *owner) serve() {
	defer o.x.Close()
	for {
		event, err := o.x.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		switch e := event.(type) { // an error is of a program that has gone, and the next may ask
		case xproto.SelectionRequestEvent:
			o.answer(e)
		case xproto.PropertyNotifyEvent:
			if e.State == xproto.PropertyDelete {
				o.goOn(transfer{e.Window, e.Atom})
			}
		case xproto.DestroyNotifyEvent: // a program that has gone takes nothing any more
			maps.DeleteFunc(o.rest, func(t transfer, _ []byte) bool { return t.to == e.Window })
		case xproto.SelectionClearEvent:
			if len(o.rest) == 0 {
				return
			}
			o.content = nil // what was begun is brought to its end
		}
		if o.content == nil && len(o.rest) == 0 {
			return
		}
	}
}

// answer hands over what a program asks for, or says that there is no such thing.
func (o *owner) answer(e xproto.SelectionRequestEvent) {
	property := e.Property
	if property == xproto.AtomNone { // a program of the old kind
		property = e.Target
	}
	switch {
	case e.Target == o.atoms["TARGETS"]:
		o.set(e.Requestor, property, xproto.AtomAtom, 32, words(uint32(o.atoms["TARGETS"]), uint32(o.atoms["image/png"])))
	case e.Target != o.atoms["image/png"] || o.content == nil:
		property = xproto.AtomNone
	case len(o.content) <= o.chunk:
		o.set(e.Requestor, property, e.Target, 8, o.content)
	default:
		o.rest[transfer{e.Requestor, property}] = o.content
		xproto.ChangeWindowAttributes(o.x, e.Requestor, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange | xproto.EventMaskStructureNotify})
		o.set(e.Requestor, property, o.atoms["INCR"], 32, words(uint32(len(o.content))))
	}
	told := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: property}
	xproto.SendEvent(o.x, false, e.Requestor, 0, string(told.Bytes()))
}

// goOn hands over the next chunk once the one before was taken; an empty one is the end.
func (o *owner) goOn(t transfer) {
	rest, ok := o.rest[t]
	if !ok {
		return
	}
	n := min(len(rest), o.chunk)
	o.set(t.to, t.property, o.atoms["image/png"], 8, rest[:n])
	if n == 0 {
		delete(o.rest, t)
		return
	}
	o.rest[t] = rest[n:]
}

// set writes a property of another program's window.
func (o *owner) set(window xproto.Window, property, kind xproto.Atom, bits byte, data []byte) {
	xproto.ChangeProperty(o.x, xproto.PropModeReplace, window, property, kind, bits, uint32(len(data)*8/int(bits)), data)
}

// words are numbers of 32 bits as xgb sends them.
func words(list ...uint32) []byte {
	var b []byte
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}
