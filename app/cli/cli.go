// Package cli is Ganvas without a window: the same recipes, the same project files, the same jobs,
// for scripts, class rooms and servers. It draws nothing on a screen and knows nothing of Fyne.
//
// Results go to standard output, everything else to standard error. The exit status is 0 when the
// job is done, 1 when it failed, 2 when the command was wrong and 130 when it was interrupted.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/mattn/go-isatty"

	"ganvas/engine/process"
)

// Env is what a command sees of the world.
type Env struct {
	Stdout, Stderr io.Writer
	Interactive    bool          // whether standard error is a terminal: progress is then a bar, otherwise lines
	Every          time.Duration // between two lines of progress; 0: ten seconds
	Patience       time.Duration // for how long a run that ends tries to be saved on a disk that fails; 0: ten seconds
	Version        string        // of the program, as "ganvas version" prints it

	terminal io.Writer // Stderr as it is, for what moves the cursor; nil: there is none
}

// The exit statuses.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// usageError is a wrong command that the parser cannot see.
type usageError struct{ error }

// interruptedError says what became of a job that Ctrl-C ended.
type interruptedError struct{ message string }

func (e *interruptedError) Error() string { return e.message }

// Handles tells whether the first argument of the program is for Run: a command, a flag, or a word
// that looks like a misspelt command rather than a file to be opened in the window.
func Handles(arg string) bool {
	switch {
	case strings.HasPrefix(arg, "-psn_"): // macOS, when a program is started from the Finder
		return false
	case strings.HasPrefix(arg, "-"), commands()[arg]:
		return true
	case strings.ContainsAny(arg, `/\.`):
		return false
	}
	_, err := os.Stat(arg)
	return err != nil
}

// commands are the words that Run knows.
func commands() map[string]bool {
	known := map[string]bool{"help": true}
	k, err := kong.New(&grammar{}, kong.Vars(flagDefaults))
	if err != nil {
		panic("cli: " + err.Error())
	}
	for _, c := range k.Model.Children {
		known[c.Name] = true
	}
	return known
}

// Main runs a command with the process's own streams and signals, and returns the exit status. The
// first Ctrl-C, or whatever else asks the process to end, lets the command finish and save; a
// second Ctrl-C kills it.
func Main(args []string, version string) int {
	ctx, stop := process.NotifyEnd(context.Background())
	defer stop()
	return Run(ctx, args, Env{
		Stdout:      os.Stdout,
		Stderr:      os.Stderr,
		Interactive: isatty.IsTerminal(os.Stderr.Fd()) || isatty.IsCygwinTerminal(os.Stderr.Fd()),
		Version:     version,
	})
}

// Run runs one command and returns the exit status. Cancelling ctx is what Ctrl-C does.
func Run(ctx context.Context, args []string, env Env) (status int) {
	if env.Every == 0 {
		env.Every = 10 * time.Second
	}
	if env.Patience == 0 {
		env.Patience = 10 * time.Second
	}
	env.terminal = env.Stderr
	stdout, stderr := newOutput(env.Stdout), newOutput(env.Stderr)
	env.Stdout, env.Stderr = stdout, stderr
	defer stderr.flush()
	defer stdout.flush()
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:len(args):len(args)], "--help")
	}
	// Kong ends the program after --help; here that is a way out of Run.
	type exit int
	defer func() {
		switch v := recover().(type) {
		case nil:
		case exit:
			status = int(v)
		default:
			panic(v)
		}
	}()
	parser, err := kong.New(
		&grammar{},
		kong.Name("ganvas"),
		kong.Description(description),
		kong.Vars(flagDefaults),
		kong.Writers(env.Stdout, env.Stderr),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.KindMapper(reflect.String, kong.MapperFunc(asItIs)),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&env),
	)
	if err != nil {
		panic("cli: " + err.Error())
	}
	command, err := parser.Parse(args)
	if err != nil {
		return report(env, usageError{fmt.Errorf("%w: see %q", err, helpFor(err))})
	}
	return report(env, command.Run())
}

// asItIs takes a text as it was given. Kong's own mapper makes it UTF-8, which names of files need
// not be.
func asItIs(ctx *kong.DecodeContext, target reflect.Value) error {
	token, err := ctx.Scan.PopValue("string")
	if err == nil {
		target.SetString(token.String())
	}
	return err
}

// helpFor returns the command whose help is about what went wrong.
func helpFor(err error) string {
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil {
		if node := parse.Context.Selected(); node != nil {
			return node.FullPath() + " --help"
		}
	}
	return "ganvas --help"
}

// report prints err as one line and returns the exit status.
func report(env Env, err error) int {
	if err == nil {
		return exitDone
	}
	message, status := oneLine(err.Error()), exitFailed
	var usage usageError
	var interrupted *interruptedError
	switch {
	case errors.Is(err, errUnread):
		return exitFailed
	case errors.As(err, &usage):
		status = exitUsage
	case errors.As(err, &interrupted):
		status = exitInterrupted
	case errors.Is(err, context.Canceled):
		message, status = "interrupted: nothing is left behind", exitInterrupted
	}
	fmt.Fprintln(env.Stderr, "ganvas: "+message)
	return status
}
