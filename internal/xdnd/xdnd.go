// Package xdnd drops files on windows of X11, as a file manager does. Tests use it; the program
// does not.
package xdnd

import (
	"fmt"
	"io"
	"log"
	"net/url"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// A Dragger is the source side of the XDND protocol, version 5: what a file manager does when the
// user drops files.
type Dragger struct {
	x      *xgb.Conn
	window xproto.Window // the source
	atoms  map[string]xproto.Atom
	events chan xgb.Event
}

// New returns a dragger on a display.
func New(display string) (*Dragger, error) {
	xgb.Logger = log.New(io.Discard, "", 0) // it regrets that there is no authority file
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, err
	}
	d := &Dragger{x: x, atoms: make(map[string]xproto.Atom), events: make(chan xgb.Event, 64)}
	screen := xproto.Setup(x).DefaultScreen(x)
	if d.window, err = xproto.NewWindowId(x); err != nil {
		return nil, err
	}
	err = xproto.CreateWindowChecked(x, screen.RootDepth, d.window, screen.Root, 0, 0, 1, 1, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	if err != nil {
		return nil, err
	}
	for _, name := range []string{
		"XdndSelection", "XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndActionCopy", "text/uri-list",
	} {
		if err := d.intern(name); err != nil {
			return nil, err
		}
	}
	go func() {
		defer close(d.events)
		for {
			e, err := x.WaitForEvent()
			if e == nil && err == nil {
				return
			}
			if e != nil {
				d.events <- e
			}
		}
	}()
	return d, nil
}

// intern asks the display for the number of a name.
func (d *Dragger) intern(name string) error {
	reply, err := xproto.InternAtom(d.x, false, uint16(len(name)), name).Reply()
	if err == nil {
		d.atoms[name] = reply.Atom
	}
	return err
}

// Close lets go of the display.
func (d *Dragger) Close() { d.x.Close() }

// Drop drops files and folders on a window at a place of the screen and waits until the program has
// taken them.
func (d *Dragger) Drop(target xproto.Window, x, y int, paths ...string) error {
	if err := xproto.SetSelectionOwnerChecked(d.x, d.window, d.atoms["XdndSelection"], xproto.TimeCurrentTime).Check(); err != nil {
		return err
	}
	list := ""
	for _, path := range paths {
		uri := url.URL{Scheme: "file", Path: path}
		list += uri.String() + "\r\n"
	}
	const version = 5
	send := func(kind string, data ...uint32) error {
		return d.send(target, kind, append([]uint32{uint32(d.window)}, data...)...)
	}
	if err := send("XdndEnter", version<<24, uint32(d.atoms["text/uri-list"])); err != nil {
		return err
	}
	if err := send("XdndPosition", 0, uint32(x)<<16|uint32(y), xproto.TimeCurrentTime, uint32(d.atoms["XdndActionCopy"])); err != nil {
		return err
	}
	status, err := d.message("XdndStatus", list) // Wine wants to know what comes before it is dropped
	if err != nil {
		return err
	}
	if status[1]&1 == 0 {
		return fmt.Errorf("the window does not accept the drop")
	}
	if err := send("XdndDrop", 0, xproto.TimeCurrentTime); err != nil {
		return err
	}
	_, err = d.message("XdndFinished", list)
	return err
}

func (d *Dragger) send(target xproto.Window, kind string, data ...uint32) error {
	var all [5]uint32
	copy(all[:], data)
	e := xproto.ClientMessageEvent{Format: 32, Window: target, Type: d.atoms[kind], Data: xproto.ClientMessageDataUnionData32New(all[:])}
	return xproto.SendEventChecked(d.x, false, target, xproto.EventMaskNoEvent, string(e.Bytes())).Check()
}

// message waits for a message of the target and meanwhile answers its question for the content.
func (d *Dragger) message(kind, content string) ([]uint32, error) {
	deadline := time.After(20 * time.Second)
	for {
		select {
		case <-deadline:
			return nil, fmt.Errorf("no %s from the window", kind)
		case e, ok := <-d.events:
			if !ok {
				return nil, fmt.Errorf("the display was closed while waiting for %s", kind)
			}
			switch e := e.(type) {
			case xproto.ClientMessageEvent:
				if e.Type == d.atoms[kind] {
					return e.Data.Data32, nil
				}
			case xproto.SelectionRequestEvent:
				if err := d.answer(e, content); err != nil {
					return nil, err
				}
			}
		}
	}
}

// answer gives the requestor what is dropped.
func (d *Dragger) answer(e xproto.SelectionRequestEvent, content string) error {
	err := xproto.ChangePropertyChecked(d.x, xproto.PropModeReplace, e.Requestor, e.Property, e.Target, 8, uint32(len(content)), []byte(content)).Check()
	if err != nil {
		return err
	}
	n := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: e.Property}
	return xproto.SendEventChecked(d.x, false, e.Requestor, xproto.EventMaskNoEvent, string(n.Bytes())).Check()
}

// CloseWindow does what the button of a window manager does.
func (d *Dragger) CloseWindow(target xproto.Window) error {
	for _, name := range []string{"WM_PROTOCOLS", "WM_DELETE_WINDOW"} {
		if err := d.intern(name); err != nil {
			return err
		}
	}
	return d.send(target, "WM_PROTOCOLS", uint32(d.atoms["WM_DELETE_WINDOW"]))
}
