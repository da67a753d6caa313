package session

import (
	"path/filepath"

	"ganvas/engine/process"
)

// announce tells other processes that this one trains, until the returned function is called. That
// they are not told is no reason not to train.
func (s *Session) announce() (done func()) {
	if s.options.Home != "" {
		w := process.Work{What: s.Recipe().Name, Since: s.options.Now()}
		if done, err := process.Announce(trainingDir(s.options.Home), w); err == nil {
			return done
		}
	}
	return func() {}
}

// Others returns what other processes train, of those that tell so in a home folder. Then each gets
// a share of the processors, and what Measure says is too high.
func Others(home string) []process.Work {
	others, err := process.Others(trainingDir(home))
	if err != nil {
		return nil // as good as none: nothing depends on it
	}
	return others
}

func trainingDir(home string) string { return filepath.Join(home, "training") }
