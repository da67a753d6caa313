package studio

import (
	"context"
	"fmt"
	"runtime"

	"ganvas/engine/process"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// GiveWay makes training a good neighbour of the window and of other programs; it is called before
// the first kernel. The threads that train have a low priority. Go has as many of its own
// processors more as the window can use at once, because kernels hold theirs for milliseconds: so
// it is the system, which knows priorities, that decides who waits.
func GiveWay() {
	tensor.Yield()
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + windowThreads)
}

// windowThreads are the window's own goroutine, and one that makes what it shows.
const windowThreads = 2

// SetEnergySaving limits training to one processor, or lets it have all, and remembers that.
func (s *Studio) SetEnergySaving(on bool) {
	s.Memory.SetEnergySaving(on)
	s.useProcessors()
	s.Forecast.forget() // was measured on other processors
	s.Remembered.Emit(None{})
	s.Forecast.Measure()
}

// useProcessors brings the engine to what is remembered of energy.
func (s *Studio) useProcessors() {
	n := s.processors
	if s.Memory.EnergySaving() {
		n = 1
	}
	tensor.SetThreads(n)
}

// lookForOthers says when another Ganvas trains on this computer as well, once for each.
func (s *Studio) lookForOthers() {
	var others []process.Work
	s.Jobs.Start(func(context.Context) error {
		others = session.Others(s.Home)
		return nil
	}, func(error) {
		for _, w := range others {
			if s.told == w.PID {
				continue
			}
			s.told = w.PID
			text := fmt.Sprintf("Another Ganvas trains %s on this computer (process %d): that makes both slower. Pause one of them, or let each save energy.", w.What, w.PID)
			if s.Memory.EnergySaving() {
				s.Inform(text)
			} else {
				s.Inform(text, Choice{"Save energy here", func() { s.SetEnergySaving(true) }})
			}
			return
		}
	})
}
