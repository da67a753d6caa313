// Ganvas is a desktop studio for generative adversarial networks. Without a command it opens its
// window; with one it does the same jobs without a display: see package app/cli.
package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"runtime/debug"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"github.com/mikelolasagasti/xz"

	"ganvas/app"
	"ganvas/app/cli"
	"ganvas/app/studio"
	"ganvas/engine/process"
	"ganvas/engine/session"
	"ganvas/internal/finder"
)

const (
	appID   = "io.ganvas.Ganvas"
	version = "0.1.0" // as in FyneApp.toml
)

//go:embed icon.png
var icon []byte

//go:embed app/example/*.xz
var exampleFiles embed.FS

// licences lists everything that the program contains, with its terms; see make licences.
//
//go:embed packaging/licences.txt
var licences string

// releases is the address that newer versions are at. Who makes packages sets it.
var releases string

func main() {
	process.SurviveBrokenPipes()
	args := os.Args[1:]
	if len(args) > 0 && cli.Handles(args[0]) {
		process.AttachConsole()
		os.Exit(cli.Main(args, versionText()))
	}
	if err := openWindow(files(args)); err != nil {
		tell(cli.Printable(err.Error()))
		os.Exit(1)
	}
}

// openWindow shows the window and returns when it was closed.
func openWindow(files []string) error {
	for _, name := range files {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("open %s: there is no such file or folder: check the path", name)
		}
	}
	if err := checkDisplay(); err != nil {
		return err
	}
	crashed := takeCrashes(session.Home())
	if crashed != "" {
		fmt.Fprintln(os.Stderr, cli.Printable("ganvas: an error in the program ended it last time: please report it with "+crashed))
	}
	crashes := logCrashes(session.Home())
	defer crashes.remove()
	prepareFolders(os.Getenv("GANVAS_HOME"))
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: appID, Name: "Ganvas", Version: version, Build: 1, Icon: fyne.NewStaticResource("icon.png", icon),
	})
	exit := func(code int) {
		crashes.remove()
		os.Exit(code)
	}
	graphics := &graphicsLog{to: os.Stderr, fail: func(message string) {
		tell(message)
		exit(1)
	}}
	log.SetOutput(graphics)
	opened, err := finder.Listen()
	if err != nil { // everything else works
		fmt.Fprintln(os.Stderr, cli.Printable("ganvas: "+err.Error()))
	}
	fyneApp := fyneapp.NewWithID(appID)
	fyneApp.Lifecycle().SetOnEnteredForeground(func() { graphics.opened.Store(true) })
	app.New(fyneApp, app.Options{
		Files: files, Opened: opened, Version: versionText(), Licences: licences, Releases: releases, Examples: examples(), Home: session.Home(), OldSettings: []string{fynePreferences()}, Crash: crashed,
		Exit: exit,
	}).Run()
	return nil
}

// examples returns the finished projects that come with the program; see make example.
func examples() []studio.Example {
	var all []studio.Example
	for _, e := range []studio.Example{{Name: "faces", Title: "Faces, finished"}, {Name: "digits", Title: "Digits, finished"}} {
		e.Project = sync.OnceValues(func() ([]byte, error) { return unpacked("app/example/" + e.Name + ".ganvas.xz") })
		all = append(all, e)
	}
	return all
}

// unpacked returns the content of an embedded file that is compressed.
func unpacked(name string) ([]byte, error) {
	f, err := exampleFiles.Open(name)
	if err != nil {
		return nil, fmt.Errorf("unpack the example: %w: the program is damaged", err)
	}
	z, err := xz.NewReader(f, 0)
	if err != nil {
		return nil, fmt.Errorf("unpack the example: %w: the program is damaged", err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpack the example: %w: the program is damaged", err)
	}
	return content, nil
}

// files leaves out what macOS adds when a program is started from the Finder.
func files(args []string) []string {
	var names []string
	for _, a := range args {
		if !strings.HasPrefix(a, "-psn_") {
			names = append(names, a)
		}
	}
	return names
}

// versionText is the version with the revision that the program was built from, if the compiler
// noted it.
func versionText() string {
	text := version
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return text
	}
	setting := make(map[string]string)
	for _, s := range info.Settings {
		setting[s.Key] = s.Value
	}
	if revision := setting["vcs.revision"]; len(revision) > 12 {
		text += " (" + revision[:12]
		if setting["vcs.modified"] == "true" {
			text += ", changed"
		}
		text += ")"
	}
	return text + " " + info.GoVersion + " " + setting["GOOS"] + "/" + setting["GOARCH"]
}
