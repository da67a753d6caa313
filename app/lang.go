package app

import (
	"fmt"

	"fyne.io/fyne/v2/lang"
)

// english are Fyne's own words as this window says them. Fyne would say them in the language of the
// system, in the middle of English sentences.
const english = `{
	"Advanced": "Advanced",
	"Cancel": "Cancel",
	"Confirm": "Confirm",
	"Copy": "Copy",
	"Create Folder": "Create Folder",
	"Cut": "Cut",
	"Enter filename": "Enter filename",
	"Error": "Error",
	"Favourites": "Favourites",
	"File": "File",
	"Folder": "Folder",
	"New Folder": "New Folder",
	"No": "No",
	"OK": "OK",
	"Open": "Open",
	"Paste": "Paste",
	"Quit": "Quit",
	"Redo": "Redo",
	"Save": "Save",
	"Select all": "Select all",
	"Show Hidden Files": "Show Hidden Files",
	"Undo": "Undo",
	"Yes": "Yes",
	"file.name": {"other": "Name"},
	"file.parent": {"other": "Parent"},
	"friday": "Friday",
	"friday.short": "Fri",
	"monday": "Monday",
	"monday.short": "Mon",
	"saturday": "Saturday",
	"saturday.short": "Sat",
	"sunday": "Sunday",
	"sunday.short": "Sun",
	"thursday": "Thursday",
	"thursday.short": "Thu",
	"tuesday": "Tuesday",
	"tuesday.short": "Tue",
	"wednesday": "Wednesday",
	"wednesday.short": "Wed"
}`

// speakEnglish has Fyne say its words as the window does, whatever the language of the system: to
// Fyne, English is a translation into that language too.
func speakEnglish() error {
	l := lang.SystemLocale()
	if err := lang.AddTranslationsForLocale([]byte(english), l); err != nil {
		return fmt.Errorf("speak English in %s: %w", l, err)
	}
	return nil
}
