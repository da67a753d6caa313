package app

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/engine/process"
)

const (
	// savePatience is how long a run that is ended by a signal is tried to be saved.
	savePatience = 10 * time.Second
	// sameSignal is how long after a first signal to terminate another one may be the same wish:
	// some programs send it to the process and to its group.
	sameSignal = time.Second
)

// An ending is the end of the program, in the order in which it must happen.
type ending struct {
	once  sync.Once
	ended chan struct{} // closed once everything is saved and the rest had its time
	rest  chan struct{} // closed once nothing runs any more

	looks time.Duration // how long it waits for work that writes nothing which was asked for
	// fyne is how long it then waits for Fyne, whose event queue and window may wait for each other for
	// ever.
	fyne time.Duration
}

// newEnding returns an ending with the usual patience.
func newEnding() ending {
	return ending{ended: make(chan struct{}), rest: make(chan struct{}), looks: time.Second, fyne: 3 * time.Second}
}

// Run shows the window and returns when it was closed and everything is saved, also after an
// interrupt from the keyboard or a closed terminal, which ends the window without asking it.
func (a *App) Run() {
	studio.GiveWay()
	asked, stop := process.NotifyEnd(context.Background())
	defer stop() // not before everything is saved
	notAsked := context.AfterFunc(asked, func() {
		a.end(savePatience)
		// Fyne quits by itself, but not for a signal that it does not know, or that comes before it
		// listens.
		fyne.Do(a.fyne.Quit)
		a.endAtOnce()
	})
	defer notAsked()
	a.desk.Win.ShowAndRun()
	a.end(0) // the window has asked what to do with what cannot be saved
	<-a.ending.ended
}

// endAtOnce ends the program when it is asked again to terminate.
func (a *App) endAtOnce() {
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGTERM)
	first := time.Now()
	for range again {
		if time.Since(first) >= sameSignal {
			a.options.Exit(1)
		}
	}
}

// end saves and closes what is open and ends what runs beside the window, once, and then the
// program, though the window may not answer any more. It returns at once. A run that cannot be
// saved is tried for patience.
func (a *App) end(patience time.Duration) {
	a.ending.once.Do(func() {
		a.over.Store(true)
		go func() {
			a.finish(patience)
			close(a.ending.ended)
			time.AfterFunc(a.ending.fyne, func() { a.options.Exit(0) })
		}()
	})
}

// finish waits for what must not be cut off, and a little for the rest.
func (a *App) finish(patience time.Duration) {
	if err := a.s.Finish(patience); err != nil {
		fyne.LogError("end", err)
	}
	a.prefs.Flush()
	go func() {
		defer close(a.ending.rest)
		a.s.Jobs.Close()
		for _, p := range a.all() {
			p.Close()
		}
		a.others.Close()
	}()
	select {
	case <-a.ending.rest:
	case <-time.After(a.ending.looks):
	}
}
