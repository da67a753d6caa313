package app

import (
	"context"
	"fmt"
	"runtime"

	"ganvas/engine/process"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// giveWay makes training a good neighbour of the window and of other programs; it is called before
// the first kernel. The threads that train have a low priority. Go has as many of its own
// processors more as the window can use at once, because kernels hold theirs for milliseconds: so
// it is the system, which knows priorities, that decides who waits.
func giveWay() {
	tensor.Yield()
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + windowThreads)
}

// windowThreads are the window's own goroutine, and one that makes what it shows.
const windowThreads = 2

// setEnergySaving limits training to one processor, or lets it have all, and remembers that.
func (a *App) setEnergySaving(on bool) {
	a.prefs.setEnergySaving(on)
	a.useProcessors()
	if a.forecast.cancel != nil {
		a.forecast.cancel()
	}
	a.forecast = forecast{} // was measured on other processors
	a.menu.refresh()
	a.measure()
}

// useProcessors brings the engine to what is remembered of energy.
func (a *App) useProcessors() {
	n := a.processors
	if a.prefs.energySaving() {
		n = 1
	}
	tensor.SetThreads(n)
}

// home is the folder in which processes of this user tell each other that they train.
func (a *App) home() string { return a.options.Home }

// lookForOthers says when another Ganvas trains on this computer as well, once for each.
func (a *App) lookForOthers() {
	var others []process.Work
	a.jobs.start(func(context.Context) error {
		others = session.Others(a.home())
		return nil
	}, func(error) {
		for _, w := range others {
			if a.told == w.PID {
				continue
			}
			a.told = w.PID
			text := fmt.Sprintf("Another Ganvas trains %s on this computer (process %d): both are slower for it. Pause one of them, or let each save energy.", w.What, w.PID)
			if a.prefs.energySaving() {
				a.note.info(text)
			} else {
				a.note.info(text, choice{"Save energy here", func() { a.setEnergySaving(true) }})
			}
			return
		}
	})
}
