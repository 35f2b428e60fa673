/* how many calls the last layout of many pieces took */
static int calls;
