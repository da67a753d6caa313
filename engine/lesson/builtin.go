package lesson

import (
	"embed"
	"io/fs"
)

// files are the lessons that are built in. Their names begin with their numbers.
//
//go:embed lessons/*.lesson
var files embed.FS

// Builtin returns the lessons that are built in, in their order.
func Builtin() []*Lesson {
	var all []*Lesson
	for _, name := range builtinNames() {
		data, err := files.ReadFile(name)
		if err != nil {
			panic("lesson: " + err.Error())
		}
		l, err := Parse(data, name)
		if err != nil {
			panic("lesson: " + err.Error()) // a test rules it out
		}
		all = append(all, l)
	}
	return all
}

// builtinNames returns the names of the files in their order.
func builtinNames() []string {
	names, err := fs.Glob(files, "lessons/*"+Extension)
	if err != nil {
		panic("lesson: " + err.Error())
	}
	return names
}
