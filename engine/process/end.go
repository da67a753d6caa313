//go:build unix || windows

package process

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// NotifyEnd returns a context that is cancelled once the system or the user asks the process to
// end: Ctrl-C, a signal to terminate, or a terminal that was closed, unless the process was started
// to outlive it (nohup).
//
// From then on another Ctrl-C ends the process at once. The other signals do nothing more, as a
// closed terminal sends several of them. stop gives the signals back to the system.
func NotifyEnd(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(parent)
	interrupted, ended := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	signal.Notify(ended, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(ended, syscall.SIGHUP)
	}
	stopped := make(chan struct{})
	attached := consoleEvents()
	go func() {
		defer signal.Stop(interrupted)
		select {
		case <-interrupted:
		case <-ended:
		case <-attached:
		case <-stopped:
		}
		cancel()
	}()
	return ctx, sync.OnceFunc(func() {
		signal.Stop(ended)
		close(stopped)
		cancel()
	})
}

// SurviveBrokenPipes lets the process go on when nobody reads its output any more, such as a closed
// terminal: writing fails instead.
func SurviveBrokenPipes() {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // unlike signal.Ignore it is not inherited by other programs
}
